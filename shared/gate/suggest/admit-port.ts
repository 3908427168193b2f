import type { MeshSettings } from '../../linkerd/policy/mesh-settings.ts';
import type { Network } from '../../linkerd/policy/network.ts';
import type { PolicySet } from '../../linkerd/policy/policy-set.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import { type Admits, openNetworks, routeAdmits } from './admission-of.ts';
import { type Admitting, admitIdentities, admitNetworks, calledWords } from './admitting-policies.ts';
import { byText } from './by-text.ts';
import { type SeenCaller, together } from './seen-callers.ts';
import { seenWords } from './seen-words.ts';
import type { ServedPort } from './suggested-server.ts';
import type { SuggestedObject } from './suggestion.ts';

export type AdmittedPort = Admitting & {
  /** Let in once, but not by what decides now. */
  readonly shutOut: readonly SeenCaller[];
  /** Who came without identity, where that opens the port. */
  readonly stranger: SeenCaller | undefined;
  /** Who is admitted by identity. */
  readonly identities: readonly string[];
};

type Known = { readonly settings: MeshSettings; readonly after: PolicySet; readonly admits: Admits };
type Identified = SeenCaller & { readonly identity: string };

/** What to apply for one port, so that exactly those are admitted who were let in and would be now. */
export function admitPort(port: ServedPort, { settings, after, admits }: Known): AdmittedPort {
  const today = port.pods.map((one) => one.today);
  const mayCall = (caller: SeenCaller): boolean =>
    today.some(
      (policy) => admits(policy.authorizations.valid, caller) !== false || routeAdmits(admits, policy, caller),
    );
  const welcome = port.callers.filter(mayCall).sort(byText(({ identity = '' }) => identity));
  const shutOut = port.callers.filter((caller) => !mayCall(caller));
  const [first, ...others] = welcome;
  if (first === undefined) return { objects: [], admitted: [], shutOut, stranger: undefined, identities: [] };
  const stay = port.pods.map(({ pod }) => after.portPolicy(after.find(pod) ?? pod, port.port).authorizations.valid);
  const missing = welcome.filter((caller) => !stay.every((valid) => admits(valid, caller) === true));
  const stranger = missing.find(({ identity }) => identity === undefined);
  const networks = stranger
    ? reachable(
        openNetworks(today),
        port.pods.map(({ pod }) => pod),
      )
    : [];
  const isOpenTo = (caller: SeenCaller): boolean =>
    networks.length > 0 && admits([{ ref: OPEN, networks, authentication: { kind: 'anyone' } }], caller) === true;
  const identified = missing.flatMap((caller) => (caller.identity === undefined ? [] : [caller as Identified]));
  const listed = identified.filter((caller) => !isOpenTo(caller));
  const parts = [
    admitIdentities(port, listed, settings),
    ...(stranger && networks.length > 0 ? [admitNetworks(port, stranger, networks, identified.filter(isOpenTo))] : []),
  ];
  return {
    objects: [serverWords(port, others.reduce(together, first)), ...parts.flatMap(({ objects }) => objects)],
    admitted: parts.flatMap(({ admitted }) => admitted),
    shutOut,
    stranger,
    identities: listed.map(({ identity }) => identity),
  };
}

const OPEN = { kind: 'default', namespace: '', name: 'open' } as const;

function serverWords(port: ServedPort, seen: SeenCaller): SuggestedObject {
  const was = port.open ? ` Its accessPolicy was ${port.open.accessPolicy}.` : '';
  return { object: port.server, comment: `${calledWords(port)}: ${seenWords(seen)}.${was}`, lines: [] };
}

/** Without networks of a family of addresses that the pods do not have. */
function reachable(networks: readonly Network[], pods: readonly Workload[]): readonly Network[] {
  const addresses = pods.flatMap((pod) => pod.addresses);
  const families = new Set(addresses.map((address) => (address.includes(':') ? 128 : 32)));
  return networks.filter(({ cidr }) => families.size === 0 || families.has(cidr.bits));
}
