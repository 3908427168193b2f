import { defineQuestion } from '../question.ts';
import { toldOf } from '../rows-of.ts';
import ledger from '../watched/query.cypher';
import { familyRows, scanRows } from './cluster-rows.ts';
import query from './query.cypher';
import { coverageRow } from './rows.ts';
import { podRows, trafficRows } from './traffic-rows.ts';

export const coverage = defineQuestion({
  id: 'coverage',
  title: 'What was watched when, and what was not?',
  parameters: [],
  columns: [
    { name: 'source', title: 'source', meaning: 'where facts come from: traffic, cluster or certificates' },
    {
      name: 'state',
      title: 'state',
      meaning:
        'watched; in part; unwatched; read (scans); unread (facts no scan could read); unseen (pods not scraped)',
    },
    { name: 'what', title: 'what', meaning: 'windows or scans, the fact family, or the namespace' },
    { name: 'from', title: 'from', kind: 'instant', meaning: 'since when; absent where it is longer than a day' },
    { name: 'to', title: 'to', kind: 'instant', meaning: 'until when' },
    { name: 'detail', title: 'detail', meaning: 'how many, and why' },
  ],
  scope: { columns: ['key'], meaning: 'the namespace whose pods are not scraped' },
  example: {},
  query: `${ledger}\nUNION ALL\n${query}`,
  row: coverageRow,
  answer: (rows, input) => {
    const traffic = trafficRows(toldOf(rows, 'window'), toldOf(rows, 'partial'), input);
    const unread = familyRows(toldOf(rows, 'family'), toldOf(rows, 'scans'), input);
    const unseen = podRows(toldOf(rows, 'newest window')[0], toldOf(rows, 'pods'), input);
    return {
      rows: [...traffic, ...scanRows(toldOf(rows, 'scans'), input), ...unread, ...unseen],
      summary: (some) => {
        const count = (wanted: string) => some.filter(({ state }) => state === wanted).length;
        const parts = [
          [count('unwatched'), 'gap', 'gaps'],
          [count('in part'), 'stretch read in part', 'stretches read in part'],
          [count('unread'), 'fact family unread', 'fact families unread'],
          [count('unseen'), 'namespace with pods not scraped', 'namespaces with pods not scraped'],
        ] as const;
        const missing = parts.filter(([n]) => n > 0).map(([n, one, many]) => `${n} ${n === 1 ? one : many}`);
        return missing.length === 0 ? 'everything was watched' : `not all was watched: ${missing.join(', ')}`;
      },
    };
  },
});
