import type { Finding, FindingsRecord } from '../checks/finding.ts';
import { LABELS } from '../domain/graph-schema.ts';
import type { Graph, Transaction } from './connection.ts';
import lastEvaluation from './findings/last-evaluation.cypher';
import record from './findings/record.cypher';
import resolve from './findings/resolve.cypher';

const KNOWN_LABELS: ReadonlySet<string> = new Set(LABELS.map(({ label }) => label));

/**
 * Opens, keeps, reopens and resolves findings in one transaction. The same evaluation twice changes nothing. One older
 * than the newest recorded is a look at the past and is not recorded: then the answer is false.
 */
export function writeFindings(graph: Graph, evaluation: FindingsRecord): Promise<boolean> {
  const { cluster, at, judged, open, accepted } = evaluation;
  const rows = [...open.map((finding) => row(finding, 'open')), ...accepted.map((finding) => row(finding, 'accepted'))];
  return graph.transaction(async (transaction) => {
    const [last] = await transaction.run<{ at: number | null }>(lastEvaluation, { cluster });
    if ((last?.at ?? 0) > at) return false;
    await transaction.run(resolve, { cluster, at, judged, keys: rows.map(({ key }) => key) });
    await transaction.run(record, { cluster, at, findings: rows });
    await linkEntities(transaction, [...open, ...accepted], at);
    return true;
  });
}

const row = ({ key, fingerprint, check, severity, message, row: values }: Finding, state: 'open' | 'accepted') => {
  return { key, fingerprint, check, severity, message, state, row: JSON.stringify(values) };
};

/** `ABOUT` once a finding and entity, for as long as the graph remembers the finding. */
async function linkEntities(transaction: Transaction, findings: readonly Finding[], at: number): Promise<void> {
  const pairs = findings.flatMap(({ key, about }) => about.map((entity) => ({ finding: key, ...entity })));
  for (const [label, links] of Map.groupBy(pairs, (pair) => pair.label)) {
    if (KNOWN_LABELS.has(label)) await transaction.run(linkTo(label), { links, at });
  }
}

/** The label cannot be a parameter here: a label told at run time finds no index. */
const linkTo = (label: string): string => `
  UNWIND $links AS link
  MATCH (finding:Finding {key: link.finding})
  MATCH (entity:${label} {key: link.key})
  MERGE (finding)-[about:ABOUT]->(entity)
  ON CREATE SET about.id = link.finding + ' ' + link.key, about.validFrom = $at`;
