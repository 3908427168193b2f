import { DATED_LABELS, LABELS, STRUCTURAL_TYPES } from '../domain/graph-schema.ts';
import type { Graph } from './connection.ts';

type SchemaRule = { readonly name: string; readonly statement: string };

/** One node a key. Uniqueness is all that Community has; key and existence constraints it lacks. */
const uniqueKey = (label: string): SchemaRule => ({
  name: `${label}_key`,
  statement: `CREATE CONSTRAINT ${label}_key IF NOT EXISTS FOR (node:${label}) REQUIRE node.key IS UNIQUE`,
});

const uniqueChunk = (type: string): SchemaRule => ({
  name: `${type}_id`,
  statement: `CREATE CONSTRAINT ${type}_id IF NOT EXISTS FOR ()-[chunk:${type}]-() REQUIRE chunk.id IS UNIQUE`,
});

const nodeIndex = (label: string, ...properties: readonly string[]): SchemaRule => {
  const name = [label, ...properties].join('_');
  const columns = properties.map((property) => `node.${property}`).join(', ');
  return { name, statement: `CREATE INDEX ${name} IF NOT EXISTS FOR (node:${label}) ON (${columns})` };
};

const relationIndex = (type: string, ...properties: readonly string[]): SchemaRule => {
  const name = [type, ...properties].join('_');
  const columns = properties.map((property) => `relation.${property}`).join(', ');
  return { name, statement: `CREATE INDEX ${name} IF NOT EXISTS FOR ()-[relation:${type}]-() ON (${columns})` };
};

const TRAFFIC_TYPES = ['CALLED', 'ARRIVED_AT'];

const RULES: readonly SchemaRule[] = [
  ...LABELS.map(({ label }) => uniqueKey(label)),
  ...TRAFFIC_TYPES.map(uniqueChunk),
  ...TRAFFIC_TYPES.map((type) => relationIndex(type, 'cluster', 'grain', 'bucket')),
  ...DATED_LABELS.map((label) => nodeIndex(label, 'family')),
  ...STRUCTURAL_TYPES.map((type) => relationIndex(type, 'family')),
  nodeIndex('Scan', 'cluster', 'source', 'at'),
  nodeIndex('Scan', 'cluster', 'source', 'from'),
  nodeIndex('Change', 'cluster', 'at'),
  nodeIndex('Finding', 'cluster', 'state'),
  nodeIndex('Finding', 'cluster', 'flappingSince'),
  nodeIndex('Alert', 'pendingIn'),
  nodeIndex('Alert', 'finding'),
];

/** Makes the constraints and indexes of the graph schema that are not there yet, and waits until they serve. Idempotent. */
export async function ensureSchema(graph: Graph): Promise<void> {
  const present = new Set((await graph.read<{ name: string }>('SHOW INDEXES YIELD name')).map(({ name }) => name));
  const missing = RULES.filter(({ name }) => !present.has(name));
  if (missing.length === 0) return;
  await graph.transaction(async (tx) => {
    for (const { statement } of missing) await tx.run(statement);
  });
  await graph.write('CALL db.awaitIndexes(300)');
}
