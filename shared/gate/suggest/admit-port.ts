import type { Mode } from '../../linkerd/policy/default-policy.ts';
import type { MeshSettings } from '../../linkerd/policy/mesh-settings.ts';
import type { PolicySet } from '../../linkerd/policy/policy-set.ts';
import type { PortPolicy } from '../../linkerd/policy/port-policy.ts';
import { type Callers, routeAdmits } from './admission-of.ts';
import { type Admitting, admitAnyone, admitIdentities, calledWords, type Identified } from './admitting-policies.ts';
import { byText } from './by-text.ts';
import { type SeenCaller, together } from './seen-callers.ts';
import { seenWords } from './seen-words.ts';
import type { ServedPort } from './suggested-server.ts';

export type AdmittedPort = Admitting & {
  /** Let in once, but not by what decides now. */
  readonly shutOut: readonly SeenCaller[];
  /** Who came without identity, where that keeps the port open. */
  readonly stranger: SeenCaller | undefined;
  /** Who is admitted by identity. */
  readonly identities: readonly string[];
};

type Known = { readonly settings: MeshSettings; readonly after: PolicySet; readonly callers: Callers };

/** What to apply for one port, so that exactly those are admitted who were let in and would be now. */
export function admitPort(port: ServedPort, { settings, after, callers }: Known): AdmittedPort {
  const today = port.pods.map((one) => one.today);
  const mayCall = (caller: SeenCaller): boolean =>
    today.some(
      (policy) =>
        callers.admitted(policy.authorizations.valid, caller) !== false || routeAdmits(callers, policy, caller),
    );
  const welcome = port.callers.filter(mayCall).sort(byText(({ identity = '' }) => identity));
  const shutOut = port.callers.filter((caller) => !mayCall(caller));
  const [first, ...others] = welcome;
  const nothing = { objects: [], admitted: [], shutOut, stranger: undefined, identities: [] };
  if (first === undefined) return nothing;
  const stay = port.pods.map(({ pod }) => after.portPolicy(after.find(pod) ?? pod, port.port).authorizations.valid);
  const missing = welcome.filter((caller) => !stay.every((valid) => callers.admitted(valid, caller) === true));
  const identified = missing.flatMap((caller) => (caller.identity === undefined ? [] : [caller as Identified]));
  const stranger = missing.find(({ identity }) => identity === undefined);
  if (stranger) return { ...nothing, ...admitAnyone(port, openMode(today), stranger, identified), stranger };
  const inNetworks = today.every(({ mode }) => mode.startsWith('cluster-'))
    ? callers.networksOf(identified, settings.clusterNetworks)
    : undefined;
  const { objects, admitted } = admitIdentities(port, identified, { settings, inNetworks });
  const was = port.open ? ` Its accessPolicy was ${port.open.accessPolicy}.` : '';
  const comment = `${calledWords(port)}: ${seenWords(others.reduce(together, first))}.${was}`;
  return {
    objects: [{ object: port.server, comment, lines: [] }, ...objects],
    admitted,
    shutOut,
    stranger,
    identities: identified.map(({ identity }) => identity),
  };
}

/** What lets callers without identity in today: the widest, where pods differ. */
const openMode = (today: readonly PortPolicy[]): Mode =>
  OPEN.find((mode) => today.some((policy) => policy.mode === mode)) ?? 'all-unauthenticated';

const OPEN: readonly Mode[] = ['all-unauthenticated', 'audit', 'cluster-unauthenticated'];
