import type { NamedNode } from '../question.ts';
import { countOf, failuresOf, NOT_SENT, policiesOf, type Share, sent, sharesOf } from './shares.ts';
import type { ToldRow } from './told.ts';

/**
 * Both layers told as one edge. `count` is the greater of what was called and what arrived: a caller that dies takes its
 * last counts with it while the called side keeps them. `mTls` is true only where every row of either layer was.
 */
export type Edge = {
  readonly from: NamedNode;
  readonly to: NamedNode;
  readonly port: number;
  readonly unit: 'requests' | 'connections';
  readonly shares: readonly Share[];
  readonly count: number;
  readonly mTls: boolean;
  /** What the caller showed, and what it verified in return. */
  readonly identity: string | null;
  readonly serverIdentities: readonly string[];
  readonly first: number;
  readonly last: number;
};

type Draft = { from: NamedNode; readonly calls: ToldRow[]; readonly arrivals: ToldRow[] };

const unitOf = ({ protocol }: ToldRow) => (protocol === 'tcp' ? 'connections' : 'requests');
const edgeName = (from: NamedNode, row: ToldRow): string =>
  JSON.stringify([from.key, row.to.key, row.port, unitOf(row)]);

/**
 * Merges the two layers. An identity that one workload carries is that workload. One that several share names none of
 * them: where its arrivals all met one verdict, the workloads' own calls met it too, and only what exceeds these calls is
 * told of the identity itself; where verdicts differ, they are.
 */
export function mergeEdges(rows: readonly ToldRow[]): Edge[] {
  const drafts = new Map<string, Draft>();
  const draftOf = (from: NamedNode, row: ToldRow): Draft => {
    const name = edgeName(from, row);
    const draft = drafts.get(name) ?? { from, calls: [], arrivals: [] };
    drafts.set(name, draft);
    return draft;
  };
  for (const row of rows) if (row.layer === 'CALLED') draftOf(row.from, row).calls.push(row);
  const shared = new Map<string, ToldRow[]>();
  for (const row of rows) {
    if (row.layer !== 'ARRIVED_AT') continue;
    const [only, ...others] = row.owners;
    if (others.length === 0) draftOf(only ?? row.from, row).arrivals.push(row);
    else shared.set(edgeName(row.from, row), [...(shared.get(edgeName(row.from, row)) ?? []), row]);
  }
  for (const arrivals of shared.values()) shareOut(arrivals, drafts, draftOf);
  return [...drafts.values()].map(toEdge);
}

function shareOut(
  arrivals: readonly ToldRow[],
  drafts: ReadonlyMap<string, Draft>,
  draftOf: (from: NamedNode, row: ToldRow) => Draft,
): void {
  const [sample] = arrivals;
  if (!sample) return;
  const callers = sample.owners.flatMap((owner) => drafts.get(edgeName(owner, sample)) ?? []);
  const oneVerdict = new Set(arrivals.map(({ verdict }) => verdict)).size === 1;
  if (callers.length === 0 || !oneVerdict) {
    draftOf(sample.from, sample).arrivals.push(...arrivals);
    return;
  }
  const policies = policiesOf(arrivals);
  for (const caller of callers)
    caller.arrivals.push({
      ...sample,
      count: countOf(sent(caller.calls)),
      failures: failuresOf(caller.calls),
      policies,
    });
  const rest = countOf(arrivals) - countOf(callers.flatMap(({ calls }) => sent(calls)));
  if (rest > 0) draftOf(sample.from, sample).arrivals.push({ ...sample, count: rest, failures: 0, policies });
}

function toEdge({ from, calls, arrivals }: Draft): Edge {
  const rows = [...calls, ...arrivals];
  const sample = rows[0] as ToldRow;
  const shares = sharesOf(calls, arrivals);
  const states = new Set(rows.map(({ tls }) => tls).filter((tls) => tls !== NOT_SENT));
  return {
    from,
    to: sample.to,
    port: sample.port,
    unit: unitOf(sample),
    shares,
    count: countOf(shares),
    // TLS without a client certificate is not mutual: Linkerd's own proxies ask for their first one that way.
    mTls: from.label !== 'Unauthenticated' && states.size === 1 && states.has('true'),
    identity: arrivals.find((row) => row.from.label === 'Identity')?.from.name ?? null,
    serverIdentities: [...new Set(calls.flatMap((row) => row.serverIdentities))],
    first: Math.min(...rows.map((row) => row.first)),
    last: Math.max(...rows.map((row) => row.last)),
  };
}
