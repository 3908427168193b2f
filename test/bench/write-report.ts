import type { ClusterObservation } from '../../shared/domain/observation.ts';
import { LAMBDA_HEAP } from './lambda-heap.ts';
import { count, type Goal, type Measured, megabytes, rate, seconds, times } from './report.ts';
import type { Round } from './write-cluster.ts';

/** Milliseconds of a whole load, and of its part that wrote relationships. */
type Load = { readonly ms: number; readonly relationshipsMs: number };

/**
 * The table, ratios and goals of one run. Of each way the best of all rounds is told: what else the machine had to do
 * makes times longer, never shorter. The first round of all met a cold server.
 */
export function reportWrites(
  { entities, relations }: ClusterObservation,
  rounds: readonly Round[],
  missing: string | undefined,
): Measured {
  const ours = fastest(rounds.map(({ ours: { first } }) => first));
  const again = fastest(rounds.map(({ ours: { again: second } }) => ({ ...second, relationshipsMs: 0 })));
  const plain = fastest(rounds.map((round) => extrapolated(round.plain, entities.length, relations.length)));
  const bulk = Math.min(...rounds.map(({ bulk: { ms } }) => ms));
  const importer = Math.min(...rounds.map(({ bulk: { importerMs } }) => importerMs));
  const theirs = rounds.flatMap((round) => round.theirs ?? []);
  const cartography = {
    first: theirs.length === 0 ? undefined : fastest(theirs.map(({ first }) => whole(first))),
    again: theirs.length === 0 ? undefined : fastest(theirs.map((one) => whole(one.again))),
  };

  const row = (what: string, { ms, relationshipsMs }: Load): string[] => [
    what,
    seconds(ms),
    rate(entities.length + relations.length, ms),
    relationshipsMs === 0 ? '' : rate(relations.length, relationshipsMs),
    times(ms / ours.ms),
  ];
  const ratios = {
    overPlain: plain.relationshipsMs / ours.relationshipsMs,
    rescan: again.ms / ours.ms,
    ofImport: bulk / ours.ms,
    ofImporter: importer / ours.ms,
    ...(cartography.first && {
      overCartography: cartography.first.relationshipsMs / ours.relationshipsMs,
      overCartographyWhole: cartography.first.ms / ours.ms,
    }),
  };
  const last = rounds.at(-1) as Round;
  const { relationshipsCreated = 0, relationshipsDeleted = 0 } = last.ours.again.counters;
  return {
    figures: {
      ...ratios,
      relationshipsOfFirst: last.ours.first.counters.relationshipsCreated ?? 0,
      relationshipsOfAgain: relationshipsCreated + relationshipsDeleted,
      relationshipsOfImport: last.bulk.relationships,
    },
    table: {
      columns: [
        `${count(entities.length)} nodes, ${count(relations.length)} relationships`,
        'time',
        'nodes and relationships',
        'relationships, while they were written',
        'of a first load',
      ],
      rows: [
        row('**first load**', ours),
        row('first load, server just started', (rounds[0] as Round).ours.first),
        row('second scan that found the same', again),
        ...(cartography.first ? [row('Cartography, first load', cartography.first)] : []),
        ...(cartography.again ? [row('Cartography, the same again', cartography.again)] : []),
        row('one MERGE a row (extrapolated)', plain),
        row('neo4j-admin import, the whole process', { ms: bulk, relationshipsMs: 0 }),
        row('neo4j-admin import, by its own clock', { ms: importer, relationshipsMs: 0 }),
      ],
    },
    goals: goals(ratios, relationshipsCreated + relationshipsDeleted),
    remarks: [
      `Best of ${rounds.length} rounds, in each of which all ways were gone one after another.`,
      `First load: ${last.ours.first.transactions} transactions, ${seconds(ours.cpuMs)} of the writer's own processor time, peak memory of the writer ${megabytes(last.ours.peakBytes)} with a heap limited to ${LAMBDA_HEAP} MB. Second scan: ${last.ours.again.transactions} transactions, ${seconds(again.cpuMs)} of processor time.`,
      `One MERGE a row: ${count(last.plain.nodes)} nodes and ${count(last.plain.relationships)} relationships a round.`,
      ...(missing === undefined ? [] : [`Skipped: ${missing}.`]),
    ],
  };
}

function goals(ratios: Readonly<Record<string, number>>, writtenAgain: number): Goal[] {
  const atLeast = (wanted: string, ratio: number | undefined, limit: number): Goal[] =>
    ratio === undefined ? [] : [{ wanted, got: times(ratio), met: ratio >= limit }];
  const { overPlain, rescan = Number.NaN, ofImport, ofImporter, overCartography } = ratios;
  return [
    ...atLeast('relationships 100 times as fast as one MERGE a row', overPlain, 100),
    ...atLeast("relationships twice as fast as Cartography's first load", overCartography, 2),
    ...atLeast('a fifth as fast as neo4j-admin import', ofImport, 0.2),
    ...atLeast('a fifth as fast as neo4j-admin import by its own clock', ofImporter, 0.2),
    {
      wanted: 'an unchanged scan takes at most a twentieth of a first load',
      got: `1/${count(1 / rescan)}`,
      met: rescan <= 1 / 20,
    },
    { wanted: 'an unchanged scan writes no relationship', got: count(writtenAgain), met: writtenAgain === 0 },
  ];
}

/** The shortest time, and the shortest of the part that wrote relationships, which need not be of the same round. */
function fastest<One extends Load>(loads: readonly One[]): One {
  const best = loads.reduce((a, b) => (b.ms < a.ms ? b : a));
  return { ...best, relationshipsMs: Math.min(...loads.map(({ relationshipsMs }) => relationshipsMs)) };
}

const whole = ({ nodesMs, relationshipsMs }: { nodesMs: number; relationshipsMs: number }): Load => ({
  ms: nodesMs + relationshipsMs,
  relationshipsMs,
});

function extrapolated(plain: Round['plain'], nodes: number, relationships: number): Load {
  return whole({
    nodesMs: (plain.nodesMs / plain.nodes) * nodes,
    relationshipsMs: (plain.relationshipsMs / plain.relationships) * relationships,
  });
}
