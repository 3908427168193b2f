import type { ClusterObservation } from '../../shared/domain/observation.ts';
import type { ImportFigures } from './bulk-import.ts';
import { LAMBDA_HEAP } from './lambda-heap.ts';
import { count, type Goal, type Measured, megabytes, rate, seconds, times } from './report.ts';
import type { OurRound, TheirRound } from './write-cluster.ts';

export type Writes = {
  readonly observation: ClusterObservation;
  readonly ours: readonly OurRound[];
  readonly plain: { readonly rows: number; readonly ms: number };
  readonly cartography: readonly TheirRound[] | { readonly missing: string };
  readonly bulk: ImportFigures;
};

/** The table, ratios and goals of the writes of one run. Ratios compare warm with warm. */
export function reportWrites({ observation, ours, plain, cartography, bulk }: Writes): Measured {
  const facts = observation.entities.length + observation.relations.length;
  const edges = observation.relations.length;
  const [cold, warm] = [ours[0] as OurRound, ours.at(-1) as OurRound];
  const theirs = 'missing' in cartography ? undefined : cartography;
  const totalOf = ({ nodesMs, relationshipsMs }: TheirRound['first']): number => nodesMs + relationshipsMs;

  const row = (what: string, ms: number, edgesMs?: number): string[] => [
    what,
    seconds(ms),
    rate(facts, ms),
    edgesMs === undefined ? '' : rate(edges, edgesMs),
    times(ms / warm.first.ms),
  ];
  const rows = [
    row('first load, server just started', cold.first.ms, cold.first.relationshipsMs),
    row('**first load, warm server**', warm.first.ms, warm.first.relationshipsMs),
    row('second scan that found the same', warm.again.ms),
    ...(theirs === undefined ? [] : theirRows(theirs, row, totalOf)),
    row('one MERGE a row (extrapolated)', (plain.ms / plain.rows) * facts),
    row('neo4j-admin import, the whole process', bulk.ms),
    row('neo4j-admin import, its own clock', bulk.importerMs),
  ];

  const ratios = {
    overPlain: ((plain.ms / plain.rows) * facts) / warm.first.ms,
    rescan: warm.again.ms / warm.first.ms,
    ofImport: bulk.ms / warm.first.ms,
    ofImporter: bulk.importerMs / warm.first.ms,
  };
  const written = warm.again.counters;
  const goals: Goal[] = [
    atLeast('100 times as fast as one MERGE a row', ratios.overPlain, 100),
    {
      ...atLeast('an unchanged scan costs at most a twentieth of a first load', 1 / ratios.rescan, 20),
      got: `1/${count(1 / ratios.rescan)}`,
    },
    {
      wanted: 'an unchanged scan writes no relationship',
      got: count(written.relationshipsCreated ?? 0),
      met: written.relationshipsCreated === 0 && written.relationshipsDeleted === 0,
    },
    atLeast('a fifth of neo4j-admin import on the same graph, whole process', ratios.ofImport, 0.2),
    atLeast("a fifth of neo4j-admin import by the importer's own clock", ratios.ofImporter, 0.2),
  ];
  const last = theirs?.at(-1);
  if (last !== undefined) {
    goals.push(
      atLeast("twice Cartography's first load: all of it", totalOf(last.first) / warm.first.ms, 2),
      atLeast(
        "twice Cartography's first load: relationships",
        last.first.relationshipsMs / warm.first.relationshipsMs,
        2,
      ),
    );
  }
  return {
    figures: {
      ...ratios,
      relationshipsOfFirst: warm.first.counters.relationshipsCreated ?? 0,
      relationshipsOfAgain: (written.relationshipsCreated ?? 0) + (written.relationshipsDeleted ?? 0),
      relationshipsOfImport: bulk.relationships,
      ...(last && { relationshipsOfCartography: last.relationships }),
    },
    table: {
      columns: [
        `${count(observation.entities.length)} nodes, ${count(edges)} relationships`,
        'time',
        'nodes and relationships',
        'relationships, while they were written',
        'of a first load',
      ],
      rows,
    },
    goals,
    remarks: remarks({ warm, theirs, cartography, plain }),
  };
}

function theirRows(
  theirs: readonly TheirRound[],
  row: (what: string, ms: number, edgesMs?: number) => string[],
  totalOf: (load: TheirRound['first']) => number,
): string[][] {
  const [cold, warm] = [theirs[0] as TheirRound, theirs.at(-1) as TheirRound];
  return [
    row('Cartography, first load, server just started', totalOf(cold.first), cold.first.relationshipsMs),
    row('Cartography, first load, warm server', totalOf(warm.first), warm.first.relationshipsMs),
    row('Cartography, the same again', totalOf(warm.again), warm.again.relationshipsMs),
  ];
}

function remarks({
  warm,
  theirs,
  cartography,
  plain,
}: Pick<Writes, 'cartography' | 'plain'> & { warm: OurRound; theirs: readonly TheirRound[] | undefined }): string[] {
  const last = theirs?.at(-1);
  const cpu = (what: string, ms: number | undefined): string[] => (ms === undefined ? [] : [`${what} ${seconds(ms)}`]);
  const processor = [...cpu('meshgraph', warm.serverMs), ...cpu('Cartography', last?.serverMs)].join(', ');
  return [
    `First load: ${warm.first.transactions} transactions, ${seconds(warm.first.cpuMs)} of the writer's own processor time; peak memory of the writer ${megabytes(warm.peakBytes)} with a heap limited to ${LAMBDA_HEAP} MB.`,
    `Second scan: ${warm.again.transactions} transactions.`,
    ...(processor === ''
      ? []
      : [`Processor time of the warm server for first load and second scan together: ${processor}.`]),
    `One MERGE a row: ${count(plain.rows)} rows in ${seconds(plain.ms)}, ${rate(plain.rows, plain.ms)}.`,
    ...('missing' in cartography ? [`Skipped: ${cartography.missing}.`] : []),
  ];
}

const atLeast = (wanted: string, ratio: number, limit: number): Goal => ({
  wanted,
  got: times(ratio),
  met: ratio >= limit,
});
