import type { Finding } from '../../checks/finding.ts';
import type { FindingEvent } from '../../domain/alerts/compose-alert.ts';
import { LABELS } from '../../domain/graph-schema.ts';
import type { Transaction } from '../connection.ts';
import { forLabel } from '../structure/structure-query.ts';
import about from './about.cypher';
import places from './places.cypher';

type About = Pick<Finding, 'key' | 'about'>;
type Place = { readonly finding: string; readonly namespaces: readonly string[]; readonly owners: readonly string[][] };

const KNOWN_LABELS: ReadonlySet<string> = new Set(LABELS.map(({ label }) => label));

/** `ABOUT` once a finding and entity, for as long as the graph remembers the finding. */
export async function linkEntities(transaction: Transaction, findings: readonly About[], at: number): Promise<void> {
  for (const [label, links] of linksByLabel(findings)) await transaction.run(forLabel(about, label), { links, at });
}

/** The events with the namespaces and owners of what they are about; those of what the graph no longer holds stay. */
export async function locateEvents(
  transaction: Transaction,
  cluster: string,
  events: readonly FindingEvent[],
): Promise<FindingEvent[]> {
  const found: Place[] = [];
  for (const [label, links] of linksByLabel(events.map(({ finding }) => finding))) {
    found.push(...(await transaction.run<Place>(forLabel(places, label), { links, cluster })));
  }
  const byFinding = Map.groupBy(found, ({ finding }) => finding);
  return events.map((event) => {
    const known = byFinding.get(event.finding.key);
    if (known === undefined) return event;
    return {
      ...event,
      namespaces: distinct(known.flatMap(({ namespaces }) => namespaces)),
      owners: distinct(known.flatMap(({ owners }) => owners.flat())),
    };
  });
}

/** A label told at run time would find no index, so there is one query a label. */
function linksByLabel(findings: readonly About[]) {
  const links = findings.flatMap(({ key, about }) => about.map((entity) => ({ finding: key, ...entity })));
  return [...Map.groupBy(links, ({ label }) => label)].filter(([label]) => KNOWN_LABELS.has(label));
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort();
