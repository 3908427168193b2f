import type { Finding } from '../../checks/finding.ts';
import { CHECKS } from '../../checks/registry.ts';
import { formatInstant } from '../instant.ts';
import { ALERT_SCHEMA, type Alert } from './alert.ts';
import { cutText, fitEvidence } from './fit-evidence.ts';

/** What an evaluation or an acceptance did to a finding, with what the graph knows of it. */
export type FindingEvent = Pick<
  Alert,
  'change' | 'at' | 'cluster' | 'openedAt' | 'previousSeverity' | 'note' | 'flapping'
> & {
  readonly finding: Pick<Finding, 'key' | 'fingerprint' | 'check' | 'severity' | 'message' | 'about' | 'row'>;
  readonly namespaces: readonly string[];
  readonly owners: readonly string[];
};

const MOST_NAMES = 50;
const LONGEST_MESSAGE = 2_000;

/** The alert that tells of an event: at most 24 KB as JSON, so that ten fit into one request to EventBridge. */
export function composeAlert({ finding, namespaces, owners, ...event }: FindingEvent): Alert {
  const { cluster, at, change } = event;
  const { check, key, fingerprint, severity, message, about, row } = finding;
  return {
    schema: ALERT_SCHEMA,
    id: `${key}/${change}/${at}`,
    ...event,
    ...(event.note !== undefined && { note: cutText(event.note, LONGEST_MESSAGE) }),
    check,
    finding: key,
    title: `${check} in ${cluster} (${fingerprint.slice(0, 8)})`,
    severity,
    message: cutText(message, LONGEST_MESSAGE),
    namespaces: namespaces.slice(0, MOST_NAMES),
    owners: owners.slice(0, MOST_NAMES),
    about: about.slice(0, MOST_NAMES / 5).map(({ label, key: entity }) => ({ label, key: entity })),
    evidence: fitEvidence(row),
    remedy: CHECKS.find(({ id }) => id === check)?.remedy ?? 'see the check',
    command: `meshgraph check ${check} --cluster ${cluster} --at ${formatInstant(at)}`,
    docs: `docs/checks.md#${check}`,
  };
}
