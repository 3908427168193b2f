import type { Finding } from '../../checks/finding.ts';
import { LABELS } from '../../domain/graph-schema.ts';
import type { Transaction } from '../connection.ts';
import { forLabel } from '../structure/structure-query.ts';
import about from './about.cypher';
import places from './places.cypher';

type About = Pick<Finding, 'key' | 'about'>;
type Row = { readonly finding: string; readonly namespaces: readonly string[]; readonly owners: readonly string[][] };

/** Where what a finding is about lives, and whose it is. */
export type Place = { readonly namespaces: readonly string[]; readonly owners: readonly string[] };

const KNOWN_LABELS: ReadonlySet<string> = new Set(LABELS.map(({ label }) => label));

/** `ABOUT` once a finding and entity, for as long as the graph remembers the finding. */
export async function linkEntities(transaction: Transaction, findings: readonly About[], at: number): Promise<void> {
  for (const [label, links] of linksByLabel(findings)) await transaction.run(forLabel(about, label), { links, at });
}

/** The namespaces and owners of what findings are about, by their key; none of what the graph no longer holds. */
export async function locateFindings(
  transaction: Transaction,
  cluster: string,
  findings: readonly About[],
): Promise<ReadonlyMap<string, Place>> {
  const rows: Row[] = [];
  for (const [label, links] of linksByLabel(findings)) {
    rows.push(...(await transaction.run<Row>(forLabel(places, label), { links, cluster })));
  }
  return new Map(
    [...Map.groupBy(rows, ({ finding }) => finding)].map(([key, known]) => [
      key,
      {
        namespaces: distinct(known.flatMap(({ namespaces }) => namespaces)),
        owners: distinct(known.flatMap(({ owners }) => owners.flat())),
      },
    ]),
  );
}

/** A label told at run time would find no index, so there is one query a label. */
function linksByLabel(findings: readonly About[]) {
  const links = findings.flatMap(({ key, about }) => about.map((entity) => ({ finding: key, ...entity })));
  return [...Map.groupBy(links, ({ label }) => label)].filter(([label]) => KNOWN_LABELS.has(label));
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort();
