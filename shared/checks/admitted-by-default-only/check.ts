import { z } from 'zod';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import { times } from '../times.ts';
import population from './population.cypher';
import query from './query.cypher';

export const admittedByDefaultOnly = defineCheck({
  id: 'admitted-by-default-only',
  group: 'policy',
  title: 'calls are admitted by an authorization that names their callers',
  severity: 'low',
  rationale:
    'No Server selects these ports, so the default policy of the pods (all-authenticated, cluster-unauthenticated and the ' +
    'like) decides: whoever is in the mesh, or in the network, gets in, and a stricter default would turn all of them ' +
    'away at once. One finding a namespace and default, since that is where it is set. Left out: callers without an ' +
    'identity, which have a check of their own, and namespaces of the control plane and its extensions.',
  remedy:
    'Give the ports a Server and admit their callers by an AuthorizationPolicy (meshgraph suggest writes both from what was observed), then set the default to deny.',
  needs: { traffic: true, families: ['namespaces'] },
  parameters: [],
  query,
  population: { noun: 'namespaces whose workloads were called', query: population },
  controls: ['nist-ac-3', 'nist-ac-6', 'iso27001-a.5.15', 'soc2-cc6.3', 'pci4-7.2'],
  row: z.object({
    namespaceKey: z.string(),
    namespace: z.string(),
    policy: z.string(),
    ports: z.array(z.string()),
    callers: z.number(),
    count: z.number(),
    first: z.number(),
    last: z.number(),
  }),
  message: (row) =>
    `in namespace ${row.namespace} ${row.callers === 1 ? '1 identity was' : `${row.callers} identities were`} let in to ${row.ports.join(', ')} ` +
    `by the default policy ${row.policy} alone, ${times(row.count)}, last ${formatInstant(row.last)}`,
  about: (row) => [{ label: 'Namespace', key: row.namespaceKey }],
  fingerprint: (row) => [row.namespaceKey, row.policy],
});
