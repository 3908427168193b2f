import type { ClusterObservation } from '../../shared/domain/observation.ts';
import { type GraphAccess, openGraph } from '../../shared/graph/connection.ts';

export type PlainFigures = {
  readonly nodes: number;
  readonly nodesMs: number;
  readonly relationships: number;
  readonly relationshipsMs: number;
};

/**
 * The plain way: one MERGE, in a transaction of its own, for each of `sample` relationships spread over the observation
 * and for their ends. The graph must be empty but for constraints.
 */
export async function mergeRows(
  { entities, relations }: ClusterObservation,
  access: GraphAccess,
  sample: number,
): Promise<PlainFigures> {
  const step = Math.max(1, Math.floor(relations.length / sample));
  const chosen = relations.filter((_, index) => index % step === 0).slice(0, sample);
  const nameOf = ({ label, key }: { label: string; key: string }): string => `${label} ${key}`;
  const described = new Map(entities.map((entity) => [nameOf(entity), entity]));
  const ends = new Map(chosen.flatMap(({ from, to }) => [from, to]).map((end) => [nameOf(end), end]));
  const graph = openGraph(access);
  try {
    const start = performance.now();
    for (const [name, { label, key }] of ends) {
      const props = described.get(name)?.props ?? {};
      await graph.write(`MERGE (node:${label} {key: $key}) SET node += $props`, { key, props });
    }
    const between = performance.now();
    for (const { type, from, to, props } of chosen) {
      await graph.write(
        `MATCH (from:${from.label} {key: $from}) MATCH (to:${to.label} {key: $to})
         MERGE (from)-[relation:${type}]->(to) SET relation += $props`,
        { from: from.key, to: to.key, props },
      );
    }
    return {
      nodes: ends.size,
      nodesMs: between - start,
      relationships: chosen.length,
      relationshipsMs: performance.now() - between,
    };
  } finally {
    await graph.close();
  }
}
