import { DATED_LABELS, STRUCTURAL_TYPES } from '../../domain/graph-schema.ts';
import type { Graph } from '../connection.ts';
import { forLabel } from '../structure/structure-query.ts';
import { canonicalTraffic } from '../traffic/canonical-traffic.ts';
import nodesInOrder from './nodes-in-order.cypher';

type Scope = { readonly cluster?: string };
type NodeRow = {
  readonly properties: Readonly<Record<string, unknown>> & { readonly key: string };
  readonly relations: readonly {
    readonly type: string;
    readonly label: string;
    readonly key: string;
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
};

const PAGE = 1_000;
const LABELS = [...DATED_LABELS, 'Scan', 'Change'].sort();
const TYPES = [...STRUCTURAL_TYPES, 'CHANGED'];

/**
 * What observations made of the graph, as JSON lines: nodes by label and key, each with its structural relationships,
 * then the traffic. Two graphs give the same lines exactly when they say the same, whatever order, deliveries and
 * internal ids they grew with. Leases, findings and alerts are left out: observations do not determine them. Streams
 * page by page.
 */
export async function* canonicalGraph(graph: Graph, scope: Scope = {}): AsyncGenerator<string> {
  for (const label of LABELS) {
    for await (const { properties, relations } of readNodes(graph, label, scope)) {
      yield canonicalLine({ node: label, ...properties });
      const lines = relations.map((relation) =>
        canonicalLine({
          ...relation.properties,
          relation: relation.type,
          from: [label, properties.key],
          to: [relation.label, relation.key],
        }),
      );
      yield* lines.sort();
    }
  }
  yield* canonicalTraffic(graph, scope);
}

async function* readNodes(graph: Graph, label: string, { cluster }: Scope): AsyncGenerator<NodeRow> {
  for (let after = ''; ; ) {
    const parameters = { after, cluster: cluster ?? null, limit: PAGE, types: TYPES };
    const page = await graph.read<NodeRow>(forLabel(nodesInOrder, label), parameters);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.properties.key;
  }
}

const canonicalLine = (row: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))));
