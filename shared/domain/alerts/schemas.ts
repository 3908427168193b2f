import { z } from 'zod';
import { alertDocument } from './alert.ts';
import { digestDocument } from './digest.ts';
import { FINDING_CHANGES } from './finding-change.ts';
import { changeWord } from './words.ts';

/** What a rule of EventBridge matches: the parts of the event that meshgraph decides. */
const eventDocument = z.object({
  source: z.literal('meshgraph'),
  'detail-type': z.enum(FINDING_CHANGES.map((change) => `Finding ${changeWord(change)}`)),
  detail: alertDocument,
});

/** Without `additionalProperties: false`: a later version of meshgraph may tell more. */
const published = (title: string, schema: z.ZodType): object => ({ title, ...z.toJSONSchema(schema, { io: 'input' }) });

/** The published schemas of what subscribers get, as JSON Schema 2020-12, by file name. */
export const ALERT_SCHEMAS: Readonly<Record<string, () => object>> = {
  'alert.v1.json': () => published('An alert of meshgraph', alertDocument),
  'alert-digest.v1.json': () => published('Many alerts of meshgraph in one', digestDocument),
  'event.v1.json': () => published('An event of meshgraph on EventBridge', eventDocument),
};
