import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { ClusterObservation, PropertyValue } from '../../shared/domain/observation.ts';
import { runImport } from './neo4j-import.ts';

export type ImportFigures = {
  /** The whole process, the Java machine's start included, and what the importer itself says. */
  readonly ms: number;
  readonly importerMs: number;
  readonly nodes: number;
  readonly relationships: number;
};

/**
 * Loads an observation with `neo4j-admin database import` of the server's own jars: offline, into an empty store, without
 * constraints and indexes, nothing of it transactional. The physical limit. Making the CSV files is not counted.
 */
export async function importInBulk(observation: ClusterObservation): Promise<ImportFigures> {
  const home = await mkdtemp(join(tmpdir(), 'meshgraph-bench-import-'));
  try {
    await mkdir(join(home, 'csv'));
    const sources = await writeSources(observation, join(home, 'csv'));
    const start = performance.now();
    const output = await runImport(home, sources);
    const ms = performance.now() - start;
    const counted = (what: string): number => Number(new RegExp(`(\\d+) ${what}`).exec(output)?.[1] ?? Number.NaN);
    return { ms, importerMs: importerTime(output), nodes: counted('nodes'), relationships: counted('relationships') };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** "IMPORT DONE in 1m 2s 345ms." */
function importerTime(output: string): number {
  const [, minutes = '0', whole = '0', rest = '0'] =
    /IMPORT DONE in (?:(\d+)m )?(?:(\d+)s )?(?:(\d+)ms)?/.exec(output) ?? [];
  return Number(minutes) * 60_000 + Number(whole) * 1000 + Number(rest);
}

type Row = Readonly<Record<string, PropertyValue>>;

/** One CSV file a label, one a relationship type and pair of labels; returns them as the command's arguments. */
async function writeSources({ entities, relations, at }: ClusterObservation, folder: string): Promise<string[]> {
  const sources: string[] = [];
  const add = async (option: string, names: readonly string[], header: readonly string[], rows: readonly Row[]) => {
    const file = join(folder, `${names.join('-')}.csv`);
    await writeCsv(file, header, rows);
    sources.push(`${option}=${names[0]}=${file}`);
  };
  for (const [label, group] of Map.groupBy([...entities, ...bareEnds(entities, relations)], ({ label }) => label)) {
    const rows = group.map(({ key, family, props }) => ({ ...props, key, family, validFrom: at, firstSeen: at }));
    await add('--nodes', [label], [`key:ID(${label})`], rows);
  }
  const ends = (relation: ClusterObservation['relations'][number]) =>
    `${relation.type} ${relation.from.label} ${relation.to.label}`;
  for (const [name, group] of Map.groupBy(relations, ends)) {
    const [type = '', from, to] = name.split(' ');
    const rows = group.map((relation) => ({
      ...relation.props,
      from: relation.from.key,
      to: relation.to.key,
      family: relation.family,
      validFrom: at,
    }));
    await add('--relationships', [type, `${from}`, `${to}`], [`from:START_ID(${from})`, `to:END_ID(${to})`], rows);
  }
  return sources;
}

/** Ends of relationships that nobody has seen, as a binding may name: the product makes nodes of their keys alone. */
function bareEnds(entities: ClusterObservation['entities'], relations: ClusterObservation['relations']) {
  const known = new Set(entities.map(({ label, key }) => `${label} ${key}`));
  const bare = relations
    .flatMap(({ from, to }) => [from, to])
    .filter(({ label, key }) => !known.has(`${label} ${key}`));
  const distinct = new Map(bare.map((one) => [`${one.label} ${one.key}`, one]));
  return [...distinct.values()].map((one) => ({ ...one, family: '', props: {} }));
}

async function writeCsv(file: string, ids: readonly string[], rows: readonly Row[]): Promise<void> {
  const typed = new Map(ids.map((id) => [id.split(':')[0] as string, id]));
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) if (!typed.has(name)) typed.set(name, `${name}:${typeOf(value)}`);
  }
  const stream = createWriteStream(file);
  stream.write(`${[...typed.values()].join(',')}\n`);
  for (const row of rows) stream.write(`${[...typed.keys()].map((name) => cell(row[name])).join(',')}\n`);
  stream.end();
  await finished(stream);
}

function typeOf(value: PropertyValue): string {
  const one = Array.isArray(value) ? value[0] : value;
  const type = typeof one === 'number' ? 'double' : typeof one === 'boolean' ? 'boolean' : 'string';
  return Array.isArray(value) ? `${type}[]` : type;
}

const cell = (value: PropertyValue | undefined): string =>
  value === undefined ? '' : `"${(Array.isArray(value) ? value.join(';') : String(value)).replaceAll('"', '""')}"`;
