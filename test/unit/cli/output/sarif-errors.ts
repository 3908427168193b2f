import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv-draft-04';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/report-schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
);
const isUri = (text: string): boolean => URL.canParse(text) && !/\s/.test(text);
const isUriReference = (text: string): boolean =>
  URL.canParse(text, 'https://example.com') && !/[\s\\"<>^`{|}]/.test(text);

const isSarif = new Ajv.default({
  strict: false,
  // One of the schema's patterns is none in Unicode mode.
  unicodeRegExp: false,
  formats: { uri: isUri, 'uri-reference': isUriReference, 'date-time': true },
}).compile(schema);

/** What a log breaks of the schema of SARIF 2.1.0. */
export function sarifErrors(log: unknown): unknown[] {
  isSarif(log);
  return isSarif.errors ?? [];
}
