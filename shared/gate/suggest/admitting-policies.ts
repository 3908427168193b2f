import { authorizationPolicy } from '../../linkerd/explain/change/new-objects.ts';
import { accountIdentity, type MeshSettings } from '../../linkerd/policy/mesh-settings.ts';
import type { Network } from '../../linkerd/policy/network.ts';
import type { PolicyObject } from '../../linkerd/policy/policy-object.ts';
import { byText } from './by-text.ts';
import { type SeenCaller, together } from './seen-callers.ts';
import { seenWords } from './seen-words.ts';
import { CALLERS, OTHERS, type ServedPort, WITHOUT_IDENTITY } from './suggested-server.ts';
import type { Admitted, SuggestedObject } from './suggestion.ts';

type Identified = SeenCaller & { readonly identity: string };
export type Admitting = { readonly objects: readonly SuggestedObject[]; readonly admitted: readonly Admitted[] };

/** An authentication that lists these callers line by line, and the policy that admits whom it lists. */
export function admitIdentities(port: ServedPort, callers: readonly Identified[], settings: MeshSettings): Admitting {
  const listed = callers
    .toSorted(byText(({ identity }) => identity))
    .map((caller) => ({ caller, account: accountOf(caller.identity, settings) }));
  const accounts = listed.flatMap(({ caller, account }) =>
    account ? [{ caller, item: { kind: 'ServiceAccount', ...account } }] : [],
  );
  const others = listed.flatMap(({ caller, account }) => (account ? [] : [{ caller, item: caller.identity }]));
  const parts = [admitListed(port, CALLERS, 'identityRefs', accounts), admitListed(port, OTHERS, 'identities', others)];
  const who = (caller: Identified, account: ReturnType<typeof accountOf>) =>
    admittedAs(port, account ? `ServiceAccount ${account.namespace}/${account.name}` : caller.identity, caller);
  return { objects: parts.flat(), admitted: listed.map(({ caller, account }) => who(caller, account)) };
}

/** The ServiceAccount of this mesh that has the identity; none has a SPIFFE id or one of another trust domain. */
export function accountOf(identity: string, settings: MeshSettings): { name: string; namespace: string } | undefined {
  const [name = '', namespace = ''] = identity.split('.');
  return accountIdentity(settings, namespace, name) === identity ? { name, namespace } : undefined;
}

type Listed = { readonly caller: Identified; readonly item: unknown };

function admitListed(port: ServedPort, ending: string, field: string, listed: readonly Listed[]): SuggestedObject[] {
  if (listed.length === 0) return [];
  const lines = listed.map(({ caller }, index) => ({ path: ['spec', field, index], comment: seenWords(caller) }));
  const authentication = policyObject(port, 'MeshTLSAuthentication', ending, {
    [field]: listed.map(({ item }) => item),
  });
  return [
    { object: authentication, comment: `Who called ${calledWords(port)}.`, lines },
    admits(
      port,
      authentication,
      listed.map(({ caller }) => caller),
    ),
  ];
}

/** Callers that show no identity, from wherever they may have come. */
export function admitNetworks(
  port: ServedPort,
  stranger: SeenCaller,
  networks: readonly Network[],
  alongside: readonly SeenCaller[],
): Admitting {
  const spec = networks.map(({ cidr, except }) => ({
    cidr: cidr.text,
    ...(except.length > 0 ? { except: except.map(({ text }) => text) } : {}),
  }));
  const authentication = policyObject(port, 'NetworkAuthentication', WITHOUT_IDENTITY, { networks: spec });
  const named = alongside.toSorted(byText(({ identity = '' }) => identity));
  const also = named.map((caller) => `\nIt admits ${caller.identity} as well: ${seenWords(caller)}.`);
  const comment = `Calls without identity to ${calledWords(port)}: no proxy tells where they came from.${also.join('')}`;
  const lines = [{ path: ['spec', 'networks', 0], comment: seenWords(stranger) }];
  return {
    objects: [{ object: authentication, comment, lines }, admits(port, authentication, [stranger, ...alongside])],
    admitted: [admittedAs(port, spec.map(({ cidr }) => cidr).join(', '), [stranger, ...alongside].reduce(together))],
  };
}

export const calledWords = ({ callees, port }: Pick<ServedPort, 'callees' | 'port'>): string =>
  `${callees.join(', ')} port ${port}`;

function admits({ server }: ServedPort, authentication: PolicyObject, callers: readonly SeenCaller[]): SuggestedObject {
  const total = { ...callers.reduce(together), names: [] };
  const object = authorizationPolicy(server, authentication.metadata.name, authentication);
  return {
    object,
    comment: `Admits to Server ${server.metadata.name} whom ${authentication.metadata.name} names: ${seenWords(total)}.`,
    lines: [],
  };
}

const policyObject = ({ namespace, stem }: ServedPort, kind: string, ending: string, spec: object): PolicyObject => ({
  apiVersion: 'policy.linkerd.io/v1alpha1',
  kind,
  metadata: { name: stem + ending, namespace },
  spec,
});

function admittedAs({ namespace, server, port, callees }: ServedPort, who: string, seen: SeenCaller): Admitted {
  const { names: callers, requests, connections, first, last } = seen;
  return {
    server: `${namespace}/${server.metadata.name}`,
    port,
    callees,
    who,
    callers,
    requests,
    connections,
    first,
    last,
  };
}
