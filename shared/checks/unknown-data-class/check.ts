import { z } from 'zod';
import { nearest } from '../../domain/configuration/nearest.ts';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const unknownDataClass = defineCheck({
  id: 'unknown-data-class',
  group: 'labels',
  title: 'labels name classes of data that there are',
  severity: 'medium',
  rationale:
    'A label or an entry names a class that `entityModel.knownDataClasses` of the configuration does not list: questions and ' +
    'checks about the class that was meant do not see who holds it. Silent where no classes are listed.',
  remedy: 'Correct the label, or add the class to entityModel.knownDataClasses.',
  needs: { traffic: false, families: ['entity-model'] },
  parameters: [],
  query,
  population: { noun: 'classes of data held', query: population },
  controls: ['iso27001-a.5.9', 'gdpr-30'],
  row: z.object({
    dataKey: z.string(),
    dataClass: z.string(),
    known: z.array(z.string()),
    holders: z.array(z.object({ label: z.string(), key: z.string() })),
    names: z.array(z.string()),
  }),
  message: ({ dataClass, known, names }) => {
    const near = nearest(dataClass, known);
    const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`;
    const some = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
    return `${some} ${names.length === 1 ? 'holds' : 'hold'} data of class ${dataClass}, which entityModel.knownDataClasses does not list; ${hint}`;
  },
  about: ({ dataKey, holders }) => [{ label: 'DataClass', key: dataKey }, ...holders],
  fingerprint: ({ dataKey }) => [dataKey],
});
