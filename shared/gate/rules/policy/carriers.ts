import { nearest } from '../../../domain/configuration/nearest.ts';
import { isSpiffe } from '../../../linkerd/policy/identity-pattern.ts';
import { accountIdentity } from '../../../linkerd/policy/mesh-settings.ts';
import type { GateState } from '../../gate-state.ts';
import { accountExists, nearAccount, SERVICE_ACCOUNT } from '../../service-accounts.ts';
import { stateIndex } from '../../state-index.ts';
import type { Named } from './named-identities.ts';
import { externalIdentities, linkedTails, ownTail, spiffeDomain, spiffeDomains, tailOf } from './trust-domains.ts';

/** That nobody carries what a policy names, and why. */
export type Nobody = {
  readonly identity: string;
  readonly why: string;
  readonly account?: { readonly namespace: string; readonly name: string };
  readonly near?: string | undefined;
};

export type Carriers = {
  /** undefined: somebody carries it, or it is not of this mesh. */
  readonly nobody: (named: Named) => Nobody | undefined;
  /** Whether a linked cluster makes identities with the same end. */
  readonly isShared: boolean;
};

const ACCOUNT = /^([^.]+)\.([^.]+)\.serviceaccount\.identity\./;

/** Who carries which identity in a state (reference 2, 0.8). */
export function carriers(state: GateState): Carriers {
  const index = stateIndex(state);
  const own = ownTail(state.policies.settings);
  const linked = linkedTails(index);
  const externals = externalIdentities(state);
  const domains = spiffeDomains(state);
  const namespaces = new Set([
    ...index.of('Namespace.').map(({ metadata }) => metadata.name),
    ...index.of(SERVICE_ACCOUNT).map(({ metadata }) => metadata.namespace ?? 'default'),
  ]);

  const ofAccount = (namespace: string, name: string, identity: string): Nobody | undefined => {
    if (accountExists(state, namespace, name)) return undefined;
    const why = `there is no ServiceAccount ${namespace}/${name}`;
    const near = nearAccount(state, namespace, name);
    const [home = '', account = ''] = near?.split('/') ?? [];
    const isText = identity.endsWith(own);
    const meant = near && isText ? accountIdentity(state.policies.settings, home, account) : near;
    return { identity, why, account: { namespace, name }, near: meant };
  };
  const ofNamespace = (name: string, identity: string): Nobody | undefined => {
    if (namespaces.has(name)) return undefined;
    return { identity, why: `there is no namespace ${name}`, near: nearest(name, [...namespaces].sort()) };
  };
  const ofSpiffe = (text: string): Nobody | undefined => {
    if (externals.has(text) || !domains.has(spiffeDomain(text))) return undefined;
    return { identity: text, why: 'no ExternalWorkload has it', near: nearest(text, [...externals].sort()) };
  };
  const ofDns = (text: string): Nobody | undefined => {
    if (tailOf(text) !== own) return undefined;
    const [, account, namespace] = ACCOUNT.exec(text) ?? [];
    if (account !== undefined && namespace !== undefined && account !== '*') return ofAccount(namespace, account, text);
    return namespace === undefined ? undefined : ofNamespace(namespace, text);
  };
  const ofText = (text: string): Nobody | undefined => {
    if (isSpiffe(text)) return ofSpiffe(text);
    if (text === '*' || externals.has(text)) return undefined;
    if (text.startsWith('*.') && isBelow(text.slice(1), own, externals)) return undefined;
    if (tailOf(text) !== undefined) return ofDns(text);
    return { identity: text, why: 'it is not an identity of a ServiceAccount or ExternalWorkload' };
  };
  return {
    isShared: linked.has(own),
    nobody: (named) => {
      if (named.kind === 'identity') return ofText(named.text);
      if (named.kind === 'namespace') return ofNamespace(named.name, `Namespace ${named.name}`);
      return ofAccount(named.namespace, named.name, `ServiceAccount ${named.namespace}/${named.name}`);
    },
  };
}

/** Whether identities of every namespace, or of an ExternalWorkload, end so. */
const isBelow = (suffix: string, own: string, externals: ReadonlySet<string>): boolean =>
  `.serviceaccount.identity.${own}`.endsWith(suffix) || [...externals].some((identity) => identity.endsWith(suffix));
