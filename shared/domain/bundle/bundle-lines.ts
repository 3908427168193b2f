import { z } from 'zod';
import { InvalidInputError } from '../errors.ts';
import {
  BUNDLE_SCHEMA,
  type BundleHeader,
  type BundleRecord,
  bundleEnd,
  bundleHeader,
  bundleRecord,
} from './record.ts';

/** A bundle that is open: its header, and its records one after another, `undefined` after the last. */
export type OpenBundle = {
  readonly header: BundleHeader;
  readonly next: () => Promise<BundleRecord | undefined>;
};

/**
 * Reads a bundle from its lines. `file` is how messages call it. Throws InvalidInputError for what is no bundle, comes
 * from a newer meshgraph or is cut off; the latter is known only at its end, so read it all before acting on it.
 */
export async function openBundleLines(lines: AsyncIterator<string>, file: string): Promise<OpenBundle> {
  const first = await lines.next();
  const header = parseHeader(first.done ? '' : first.value, file);
  const counts: Record<string, number> = {};
  let line = 1;
  const next = async (): Promise<BundleRecord | undefined> => {
    const { done, value } = await lines.next();
    line += 1;
    if (done) throw cutOff(file, counts);
    const json = parseJson(value, file, line);
    const end = bundleEnd.safeParse(json);
    if (end.success) {
      checkCounts(end.data.records, counts, file);
      return undefined;
    }
    const record = bundleRecord.safeParse(json);
    if (!record.success) throw damaged(file, line, z.prettifyError(record.error).replace(/\s+/g, ' '), record.error);
    counts[record.data.type] = (counts[record.data.type] ?? 0) + 1;
    return record.data;
  };
  return { header, next };
}

/** A bundle as it is written: `line` makes the text of each record, `end` that of the last line. */
export function bundleWriter(header: BundleHeader) {
  const counts: Record<string, number> = {};
  return {
    first: JSON.stringify(bundleHeader.parse(header)),
    line: (record: BundleRecord): string => {
      counts[record.type] = (counts[record.type] ?? 0) + 1;
      return JSON.stringify(record);
    },
    end: (): string => JSON.stringify({ type: 'end', records: counts }),
  };
}

function parseHeader(line: string, file: string): BundleHeader {
  const no = (why: string, cause?: unknown) =>
    new InvalidInputError(
      `${file} is not a meshgraph bundle: ${why}. Give a file that \`meshgraph capture\` made.`,
      cause === undefined ? undefined : { cause },
    );
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (cause) {
    throw no(line === '' ? 'it is empty' : 'its first line is no JSON', cause);
  }
  const schema = (json as { schema?: unknown } | null)?.schema;
  if (typeof schema === 'string' && schema.startsWith('meshgraph.bundle/') && schema !== BUNDLE_SCHEMA) {
    throw new InvalidInputError(
      `${file} was written by a newer meshgraph (${schema}; this one reads ${BUNDLE_SCHEMA}): update meshgraph to scan it`,
    );
  }
  if (typeof schema === 'string' && schema.startsWith('meshgraph.baseline/')) {
    throw no('it is a baseline of `meshgraph export --baseline`');
  }
  if (schema !== BUNDLE_SCHEMA) throw no(`its first line names no ${BUNDLE_SCHEMA}`);
  const header = bundleHeader.safeParse(json);
  if (!header.success)
    throw no(`its header is incomplete (${z.prettifyError(header.error).replace(/\s+/g, ' ')})`, header.error);
  return header.data;
}

function parseJson(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damaged(file, line, 'it is no JSON', cause);
  }
}

const damaged = (file: string, line: number, why: string, cause: unknown): Error =>
  new InvalidInputError(`${file} is damaged at line ${line}: ${why}. Copy or record it again.`, { cause });

const told = (counts: Readonly<Record<string, number>>): string =>
  `${counts.snapshot ?? 0} snapshots and ${counts.samples ?? 0} runs of samples`;

/** The sentence for a bundle that stops before its end, with what could be read of it. */
export const cutOff = (file: string, counts: Readonly<Record<string, number>>, cause?: unknown): Error =>
  new InvalidInputError(
    `${file} is cut off: it ends after ${told(counts)}, without its last record. Nothing of it was written. Copy or record it again.`,
    { cause },
  );

function checkCounts(
  expected: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
  file: string,
): void {
  const missing = Object.keys({ ...expected, ...found }).find((type) => expected[type] !== found[type]);
  if (missing === undefined) return;
  throw new InvalidInputError(
    `${file} is damaged: it should hold ${expected[missing] ?? 0} records of type ${missing}, but has ${found[missing] ?? 0}. ` +
      'Nothing of it was written. Copy or record it again.',
  );
}
