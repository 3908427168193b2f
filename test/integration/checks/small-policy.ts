import type { ClusterObservation, Entity } from '../../../shared/domain/observation.ts';
import { entity, identityOf, keyOf, relation, type SmallMesh } from './small-mesh.ts';

/** Policy for a small mesh, as facts of its `more`. Names are `namespace/name`. */
export type Facts = NonNullable<SmallMesh['more']>;

export const facts = (...parts: readonly Facts[]): Facts => ({
  entities: parts.flatMap(({ entities }) => entities),
  relations: parts.flatMap(({ relations }) => relations),
});

/** A Server that selects these workloads. */
export function server(name: string, selects: readonly string[], props: Entity['props'] = {}): Facts {
  const node = entity('Server', 'servers.policy.linkerd.io', name, { port: '8080', ...props });
  const workload = (text: string) => ({ label: 'Workload', key: keyOf('Deployment', text) });
  return {
    entities: [node],
    relations: selects.map((text) => relation('SELECTS', 'servers/selection', node, workload(text))),
  };
}

type Admission = {
  /** Label and `namespace/name` of what the policy is on. */
  readonly on: readonly [label: string, name: string];
  /** ServiceAccounts, each as `namespace/name`. */
  readonly accounts?: readonly string[];
  /** Names of identities that no ServiceAccount stands for. */
  readonly identities?: readonly string[];
  readonly networks?: boolean;
};

/** An AuthorizationPolicy that asks for one MeshTLSAuthentication, and with `networks` for a network too. */
export function admits(name: string, { on, accounts = [], identities = [], networks = false }: Admission): Facts {
  const policy = entity('AuthorizationPolicy', 'authorizationpolicies.policy.linkerd.io', name);
  const mesh = entity('Authentication', 'meshtlsauthentications.policy.linkerd.io', `${name}-clients`, {
    kind: 'MeshTLSAuthentication',
  });
  const network = entity('Authentication', 'networkauthentications.policy.linkerd.io', `${name}-network`, {
    kind: 'NetworkAuthentication',
  });
  const wanted = networks ? [mesh, network] : [mesh];
  const named = [
    ...accounts.map((account) => ({ label: 'ServiceAccount', key: keyOf('ServiceAccount', account) })),
    ...identities.map((account) => ({ label: 'Identity', key: `test/Identity/${identityOf(account)}` })),
  ];
  const target = { label: on[0], key: on[0] === 'Namespace' ? `test/Namespace/${on[1]}` : keyOf(on[0], on[1]) };
  return {
    entities: [policy, ...wanted],
    relations: [
      relation('TARGETS', 'authorizationpolicies/targets', policy, target),
      ...wanted.map((one) => relation('REQUIRES', 'authorizationpolicies/requirements', policy, one)),
      ...named.map((one) => relation('ADMITS', 'authentications/admissions', mesh, one)),
    ],
  };
}

/** The cluster's own node, with Linkerd's defaults. */
export const ownCluster = (props: Entity['props'] = {}): Facts => ({
  entities: [
    {
      label: 'Cluster',
      family: 'cluster',
      key: 'test',
      props: {
        name: 'test',
        controlPlaneNamespace: 'linkerd',
        trustDomain: 'cluster.local',
        clusterNetworks: ['10.0.0.0/8', 'fd00::/8'],
        linkerdVersion: 'edge-26.8.3',
        ...props,
      },
    },
  ],
  relations: [],
});

/** The same scan at another time, without the relationships of a type. */
export const without = (scan: ClusterObservation, type: string, at = scan.at): ClusterObservation => ({
  ...scan,
  id: `test/cluster/${at}`,
  at,
  readAt: at,
  relations: scan.relations.filter((one) => one.type !== type),
});
