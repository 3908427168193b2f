import { formatInstant } from '../../domain/instant.ts';
import type { MeshState } from '../../linkerd/explain/mesh-state.ts';
import type { Baseline } from '../baseline.ts';
import type { AdmittedPort } from './admit-port.ts';
import { calledWords } from './admitting-policies.ts';
import type { GuardedPorts } from './guarded-ports.ts';
import type { SeenCalls } from './seen-callers.ts';
import { countWords } from './seen-words.ts';
import type { ServedPort } from './suggested-server.ts';

type Known = {
  readonly baseline: Baseline;
  readonly state: MeshState;
  readonly seen: SeenCalls;
  readonly guarded: GuardedPorts;
  readonly served: readonly ServedPort[];
  /** One a served port. */
  readonly outcomes: readonly AdmittedPort[];
  readonly namespace: string | undefined;
};

/** What a suggestion cannot know and what it leaves out, one sentence each, the same each time. */
export function cannotKnow(known: Known): string[] {
  const { seen, guarded, outcomes } = known;
  const applied = outcomes.some(({ objects }) => objects.length > 0);
  return [
    ...(applied ? [rarer(known.baseline), UNTOUCHED] : []),
    ...sharedIdentities(known),
    ...eachPort(known, strangers),
    ...eachPort(known, undetected),
    ...eachPort(known, sameLabels),
    ...[...new Set([...untold(guarded), ...guarded.notes, ...seen.notes])].sort(),
    ...closed(guarded),
    ...(known.namespace === undefined ? [controlPlane(known.baseline)] : []),
  ];
}

/** Readings leave them out (shared/linkerd/traffic/groupings.ts), and a Server on them would lock out who scrapes. */
const UNTOUCHED =
  'ports without calls keep the default policy of their pods, and so do 4190 and 4191 of the proxies, of which no call is told';

const eachPort = (
  { served, outcomes }: Known,
  notesOf: (port: ServedPort, outcome: AdmittedPort) => string[],
): string[] => served.flatMap((port, index) => notesOf(port, outcomes[index] as AdmittedPort));

const rarer = ({ traffic: { since, at } }: Baseline): string =>
  `calls rarer than what was watched will be denied: only those from ${formatInstant(since)} to ${formatInstant(at)} count`;

/** Who admits one of them admits all: identities are those of ServiceAccounts. */
function sharedIdentities({ outcomes, state }: Known): string[] {
  const listed = new Set(outcomes.flatMap(({ identities }) => identities));
  const holders = new Map<string, Set<string>>();
  for (const { namespace, name, instances } of state.workloads) {
    for (const { identity } of instances) {
      if (identity === undefined || !listed.has(identity)) continue;
      holders.set(identity, (holders.get(identity) ?? new Set()).add(`${namespace}/${name}`));
    }
  }
  return [...holders]
    .filter(([, workloads]) => workloads.size > 1)
    .map(
      ([identity, workloads]) =>
        `${identity} is shared by ${[...workloads].sort().join(', ')}: who admits one of them admits all`,
    )
    .sort();
}

function strangers(port: ServedPort, { stranger }: AdmittedPort): string[] {
  if (stranger === undefined) return [];
  return [
    `${calledWords(port)} takes calls without identity (${countWords(stranger)}), and no proxy tells from where: ` +
      `Server ${port.server.metadata.name} stays open to all; mesh the callers, or admit them by their networks`,
  ];
}

function undetected(port: ServedPort, { objects }: AdmittedPort): string[] {
  const isDetected =
    port.open === undefined && (port.server.spec as { proxyProtocol?: string }).proxyProtocol === 'unknown';
  const bytes = port.callers.reduce((sum, { connections }) => sum + connections, 0);
  if (objects.length === 0 || !isDetected || bytes === 0) return [];
  return [
    `${calledWords(port)} took ${countWords({ requests: 0, connections: bytes })} that were no HTTP: ` +
      'its protocol stays to be detected; where it never is HTTP, say opaque',
  ];
}

function sameLabels(port: ServedPort): string[] {
  const { workloads } = port.group;
  if (port.open !== undefined || workloads.length < 2) return [];
  const names = workloads.map(({ namespace, kind, name }) => `${namespace}/${kind.toLowerCase()}/${name}`);
  return [
    `no label tells ${names.join(', ')} apart: Server ${port.server.metadata.name} guards port ${port.port} of all of them`,
  ];
}

const untold = ({ ports }: GuardedPorts): string[] =>
  ports
    .filter(({ open, group }) => open === undefined && group.labels === undefined)
    .map(
      (port) => `no label that stays tells the pods of ${calledWords(port)} from others: nothing is suggested for it`,
    );

function closed({ closed: servers }: GuardedPorts): string[] {
  if (servers.length === 0) return [];
  return [`these Servers deny already what no policy admits and stay as they are: ${servers.toSorted().join(', ')}`];
}

const controlPlane = ({ settings }: Baseline): string =>
  `nothing is suggested for ${settings.controlPlaneNamespace}: every new pod has to reach Linkerd's control plane`;
