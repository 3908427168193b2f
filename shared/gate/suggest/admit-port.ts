import type { Mode } from '../../linkerd/policy/default-policy.ts';
import type { MeshSettings } from '../../linkerd/policy/mesh-settings.ts';
import type { PolicySet } from '../../linkerd/policy/policy-set.ts';
import type { PortPolicy } from '../../linkerd/policy/port-policy.ts';
import type { Callers } from './admission-of.ts';
import { type Admitting, admitAnyone, admitIdentities, calledWords, type Identified } from './admitting-policies.ts';
import { byText } from './by-text.ts';
import { type SeenCaller, together } from './seen-callers.ts';
import { seenWords } from './seen-words.ts';
import type { ServedPort } from './suggested-server.ts';

export type AdmittedPort = Admitting & {
  /** Who came without identity, where that keeps the port open. */
  readonly stranger: SeenCaller | undefined;
  /** Who is admitted by identity. */
  readonly identities: readonly string[];
};

type Known = { readonly settings: MeshSettings; readonly after: PolicySet; readonly callers: Callers };

/** What to apply for one port, so that exactly those are admitted who were seen to be let in. */
export function admitPort(port: ServedPort, { settings, after, callers }: Known): AdmittedPort {
  const today = port.pods.map((one) => one.today);
  const seen = port.callers.toSorted(byText(({ identity = '' }) => identity));
  const stay = port.pods.map(({ pod }) => after.portPolicy(after.find(pod) ?? pod, port.port).authorizations.valid);
  const missing = seen.filter((caller) => !stay.every((valid) => callers.admitted(valid, caller) === true));
  const identified = missing.flatMap((caller) => (caller.identity === undefined ? [] : [caller as Identified]));
  const stranger = missing.find(({ identity }) => identity === undefined);
  if (stranger) return { ...admitAnyone(port, openMode(today), stranger, identified), stranger, identities: [] };
  const inNetworks = today.every(({ mode }) => mode.startsWith('cluster-'))
    ? callers.networksOf(identified, settings.clusterNetworks)
    : undefined;
  const { objects, admitted } = admitIdentities(port, identified, { settings, inNetworks });
  const was = port.open ? ` Its accessPolicy was ${port.open.accessPolicy}.` : '';
  const comment = `${calledWords(port)}: ${seenWords(seen.reduce(together))}.${was}`;
  return {
    objects: [{ object: port.server, comment, lines: [] }, ...objects],
    admitted,
    stranger,
    identities: identified.map(({ identity }) => identity),
  };
}

/** What lets callers without identity in today. Where pods differ, what lets in those of all of them. */
function openMode([first, ...others]: readonly PortPolicy[]): Mode {
  const isSame = first !== undefined && others.every(({ mode }) => mode === first.mode);
  return isSame ? first.mode : 'all-unauthenticated';
}
