import { authorizationPolicy } from '../../linkerd/explain/change/new-objects.ts';
import type { Mode } from '../../linkerd/policy/default-policy.ts';
import { accountIdentity, type MeshSettings } from '../../linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../../linkerd/policy/policy-object.ts';
import { byText } from './by-text.ts';
import { type SeenCaller, together } from './seen-callers.ts';
import { seenWords } from './seen-words.ts';
import { CALLERS, NETWORKS, OTHERS, type ServedPort } from './suggested-server.ts';
import type { Admitted, SuggestedObject } from './suggestion.ts';

export type Identified = SeenCaller & { readonly identity: string };
export type Admitting = { readonly objects: readonly SuggestedObject[]; readonly admitted: readonly Admitted[] };

type Asked = {
  readonly settings: MeshSettings;
  /** Where callers have to be, as the default policy asks now; undefined = anywhere. */
  readonly inNetworks: readonly string[] | undefined;
};

/** Authentications that list these callers line by line, and the policies that admit whom they list. */
export function admitIdentities(
  port: ServedPort,
  callers: readonly Identified[],
  { settings, inNetworks }: Asked,
): Admitting {
  if (callers.length === 0) return { objects: [], admitted: [] };
  const listed = callers
    .toSorted(byText(({ identity }) => identity))
    .map((caller) => ({ caller, account: accountOf(caller.identity, settings) }));
  const accounts = listed.flatMap(({ caller, account }) =>
    account ? [{ caller, item: { kind: 'ServiceAccount', ...account } }] : [],
  );
  const others = listed.flatMap(({ caller, account }) => (account ? [] : [{ caller, item: caller.identity }]));
  const networks =
    inNetworks &&
    policyObject(port, 'NetworkAuthentication', NETWORKS, { networks: inNetworks.map((cidr) => ({ cidr })) });
  const where = `Where callers of ${calledWords(port)} have to be, as the default policy of its pods asks now.`;
  return {
    objects: [
      ...(networks ? [{ object: networks, comment: where, lines: [] }] : []),
      ...admitListed(port, CALLERS, 'identityRefs', accounts, networks),
      ...admitListed(port, OTHERS, 'identities', others, networks),
    ],
    admitted: listed.map(({ caller, account }) =>
      admittedAs(port, account ? `ServiceAccount ${account.namespace}/${account.name}` : caller.identity, caller),
    ),
  };
}

/** The ServiceAccount of this mesh that has the identity; none has a SPIFFE id or one of another trust domain. */
function accountOf(identity: string, settings: MeshSettings): { name: string; namespace: string } | undefined {
  const [name = '', namespace = ''] = identity.split('.');
  return accountIdentity(settings, namespace, name) === identity ? { name, namespace } : undefined;
}

type Listed = { readonly caller: Identified; readonly item: unknown };

function admitListed(
  port: ServedPort,
  ending: string,
  field: string,
  listed: readonly Listed[],
  networks: PolicyObject | undefined,
): SuggestedObject[] {
  if (listed.length === 0) return [];
  const lines = listed.map(({ caller }, index) => ({ path: ['spec', field, index], comment: seenWords(caller) }));
  const who = policyObject(port, 'MeshTLSAuthentication', ending, { [field]: listed.map(({ item }) => item) });
  const { name } = who.metadata;
  const total = { ...listed.map(({ caller }) => caller as SeenCaller).reduce(together), names: [] };
  return [
    { object: who, comment: `Who called ${calledWords(port)}.`, lines },
    {
      object: authorizationPolicy(port.server, name, ...[who, ...(networks ? [networks] : [])]),
      comment: `Admits to Server ${port.server.metadata.name} whom ${name} names: ${seenWords(total)}.`,
      lines: [],
    },
  ];
}

/**
 * Calls without identity come from where no proxy can tell: the Server lets in what the default policy does, so that it
 * goes on when that is changed. A Server there is, which does so already, is left as it is.
 */
export function admitAnyone(
  port: ServedPort,
  mode: Mode,
  stranger: SeenCaller,
  identified: readonly Identified[],
): Admitting {
  const { server } = port;
  const total = identified.map((caller) => caller as SeenCaller).reduce(together, stranger);
  const comments = [
    `${calledWords(port)}: ${seenWords({ ...stranger, names: [] })}, without identity, and no proxy tells from where: it stays open.`,
    ...identified.map((caller) => `With ${caller.identity}: ${seenWords(caller)}.`),
  ];
  const object = { ...server, spec: { ...(server.spec as object), accessPolicy: mode } };
  return {
    objects: port.open ? [] : [{ object, comment: comments.join('\n'), lines: [] }],
    admitted: port.open ? [] : [admittedAs(port, `accessPolicy ${mode}`, total)],
  };
}

export const calledWords = ({ callees, port }: Pick<ServedPort, 'callees' | 'port'>): string =>
  `${callees.join(', ')} port ${port}`;

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
