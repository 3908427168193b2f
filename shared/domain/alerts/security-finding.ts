import type { Severity } from '../../checks/check.ts';
import type { Alert } from './alert.ts';
import { cutText } from './fit-evidence.ts';
import { oneLine } from './words.ts';

/** The account whose Security Hub takes the findings. */
export type SecurityAccount = { readonly partition: string; readonly region: string; readonly account: string };

const LABELS = { critical: 'CRITICAL', high: 'HIGH', medium: 'MEDIUM', low: 'LOW', info: 'INFORMATIONAL' } as const;

/**
 * An alert in the AWS Security Finding Format (2018-10-08). One `Id` a finding through all its changes, so that the Hub
 * updates what it has: resolved and accepted ones are archived, reopened ones active again. What analysts set there
 * (workflow, notes) is never sent, so it is never overwritten. Lengths are those of the format.
 */
export function securityFindingOf(alert: Alert, { partition, region, account }: SecurityAccount) {
  const { at, change, check, cluster, finding, message, openedAt, note, remedy, docs, severity } = alert;
  const { namespaces, owners } = alert;
  const over = change === 'resolved' || change === 'accepted';
  const types = ['Software and Configuration Checks'];
  return {
    SchemaVersion: '2018-10-08',
    Id: cutText(`meshgraph/${finding}`, 512),
    ProductArn: `arn:${partition}:securityhub:${region}:${account}:product/${account}/default`,
    ProductName: 'meshgraph',
    GeneratorId: `meshgraph/${check}`,
    AwsAccountId: account,
    Types: types,
    FirstObservedAt: iso(openedAt),
    LastObservedAt: iso(at),
    CreatedAt: iso(openedAt),
    UpdatedAt: iso(at),
    Severity: severityOf(severity),
    FindingProviderFields: { Severity: severityOf(severity), Types: types },
    Title: cutText(oneLine(alert.title), 256),
    Description: cutText(oneLine(message) || check, 1_024),
    Remediation: { Recommendation: { Text: cutText(oneLine(`${remedy} See ${docs}.`), 512) } },
    ProductFields: {
      'meshgraph/cluster': cluster,
      'meshgraph/change': change,
      ...(note !== undefined && { 'meshgraph/note': cutText(oneLine(note), 1_024) }),
      'meshgraph/namespaces': cutText(namespaces.join(', ') || '-', 1_024),
      'meshgraph/owners': cutText(owners.join(', ') || '-', 1_024),
    },
    Resources: resourcesOf(alert),
    RecordState: over ? ('ARCHIVED' as const) : ('ACTIVE' as const),
  };
}

export type SecurityFinding = ReturnType<typeof securityFindingOf>;

/** The format wants one resource at least, and 32 at most. */
const resourcesOf = ({ about, cluster }: Alert) =>
  (about.length > 0 ? about : [{ label: 'Cluster', key: cluster }])
    .slice(0, 32)
    .map(({ label, key }) => ({ Type: 'Other', Id: cutText(`meshgraph/${label}/${key}`, 512) }));

const severityOf = (severity: Severity) => ({ Label: LABELS[severity] });

const iso = (instant: number): string => new Date(instant).toISOString();
