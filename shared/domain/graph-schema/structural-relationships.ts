import type { PropertyDoc, RelationshipDoc } from './docs.ts';

const interval: readonly PropertyDoc[] = [];
const policyTargets = ['Server', 'Route', 'Namespace'] as const;

/** Facts that open and close as scans hold them or not, and the bookkeeping beside them. */
export const DATED_RELATIONSHIPS: readonly RelationshipDoc[] = [
  {
    type: 'IN_CLUSTER',
    from: ['Namespace'],
    to: ['Cluster'],
    meaning: 'The namespace is part of the cluster.',
    properties: interval,
  },
  {
    type: 'IN_NAMESPACE',
    from: ['Workload', 'Service', 'ServiceAccount'],
    to: ['Namespace'],
    meaning: 'It lives in the namespace.',
    properties: interval,
  },
  {
    type: 'PART_OF',
    from: ['Pod'],
    to: ['Workload'],
    meaning: 'The workload is the top owner of the pod.',
    properties: interval,
  },
  {
    type: 'RUNS_AS',
    from: ['Workload'],
    to: ['ServiceAccount'],
    meaning: "The workload's pods run as this ServiceAccount.",
    properties: interval,
  },
  {
    type: 'HAS_IDENTITY',
    from: ['ServiceAccount', 'ExternalWorkload'],
    to: ['Identity'],
    meaning: 'Linkerd gives it this identity.',
    properties: interval,
  },
  {
    type: 'BOUND_TO',
    from: ['ServiceAccount', 'Subject'],
    to: ['Role'],
    meaning:
      'A binding grants it the role. Either may be missing in the cluster: then it has no `validFrom`, or is closed.',
    properties: [
      ['binding', 'kind/name of the binding'],
      ['namespace', 'where it holds; absent = everywhere'],
    ],
  },
  {
    type: 'ASSUMES',
    from: ['ServiceAccount'],
    to: ['AwsRole'],
    meaning: 'It may assume the AWS role.',
    properties: [['via', 'irsa or pod-identity']],
  },
  {
    type: 'SELECTS',
    from: ['Service', 'Server'],
    to: ['Workload', 'ExternalWorkload'],
    meaning: "Its selector matches the workload's pods.",
    properties: interval,
  },
  {
    type: 'TARGETS',
    from: ['AuthorizationPolicy', 'ServerAuthorization', 'RateLimit'],
    to: policyTargets,
    meaning: 'The policy applies to it.',
    properties: interval,
  },
  {
    type: 'REQUIRES',
    from: ['AuthorizationPolicy'],
    to: ['Authentication', 'ServiceAccount'],
    meaning: 'The policy demands this authentication.',
    properties: interval,
  },
  {
    type: 'ADMITS',
    from: ['Authentication', 'ServerAuthorization'],
    to: ['Identity', 'ServiceAccount', 'Namespace'],
    meaning: 'It lets this client in.',
    properties: interval,
  },
  {
    type: 'ROUTES',
    from: ['Route', 'ServiceProfile'],
    to: ['Server', 'Service', 'EgressNetwork'],
    meaning: 'The route belongs to it (parent) or sends to it (backend).',
    properties: [['role', 'parent or backend']],
  },
  {
    type: 'MIRRORS',
    from: ['Service'],
    to: ['Link'],
    meaning: 'The Service stands for one in another cluster, over this Link.',
    properties: interval,
  },
  {
    type: 'TRUSTS',
    from: ['Pod'],
    to: ['Certificate'],
    meaning: "The pod's proxy trusts this anchor.",
    properties: interval,
  },
  {
    type: 'ANCHORED_BY',
    from: ['Cluster'],
    to: ['Certificate'],
    meaning: "The anchor is in the cluster's trust bundle.",
    properties: interval,
  },
  {
    type: 'ISSUED_BY',
    from: ['Certificate'],
    to: ['Certificate'],
    meaning: 'The second signed the first.',
    properties: interval,
  },
  {
    type: 'HOLDS',
    from: ['Workload', 'External'],
    to: ['DataClass'],
    meaning: 'It keeps data of this class (entity model).',
    properties: interval,
  },
  {
    type: 'OWNED_BY',
    from: ['Workload', 'Namespace', 'External'],
    to: ['Owner'],
    meaning: 'The team owns it (entity model).',
    properties: interval,
  },
  {
    type: 'RUNS_IN',
    from: ['Workload', 'Namespace', 'External'],
    to: ['Environment'],
    meaning: 'It belongs to the environment (entity model).',
    properties: interval,
  },
  {
    type: 'EXPOSED_TO',
    from: ['Workload', 'External'],
    to: ['Exposure'],
    meaning: 'It may be reached from there (entity model).',
    properties: interval,
  },
  { type: 'CHANGED', from: ['*'], to: ['Change'], meaning: 'A described property changed.', properties: interval },
  { type: 'ABOUT', from: ['Finding'], to: ['*'], meaning: 'The finding concerns it.', properties: interval },
];
