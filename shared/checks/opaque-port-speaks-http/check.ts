import { z } from 'zod';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

export const opaquePortSpeaksHttp = defineCheck({
  id: 'opaque-port-speaks-http',
  group: 'policy',
  title: 'a port is opaque on both sides of a call or on neither',
  severity: 'medium',
  rationale:
    'The port is marked opaque on one side (annotation config.linkerd.io/opaque-ports of pod, Service or namespace) and is HTTP ' +
    'on the other. Where a Server expects HTTP, every meshed call is closed. Elsewhere calls go through, but the called side ' +
    'judges connections instead of requests: routes, their authorizations and rate limits do not hold, and its requests are not counted.',
  remedy:
    'If the port speaks HTTP, take it out of config.linkerd.io/opaque-ports of the pods, the Service and the namespace and restart the pods; if it does not, mark it on the Service too, and set proxyProtocol: opaque on its Server.',
  needs: { traffic: true, families: ['pods', 'workloads', 'servers/selection', 'servers.policy.linkerd.io'] },
  parameters: [],
  query,
  population: { noun: 'ports that are called over the mesh or have a Server', query: population },
  controls: ['nist-ac-3', 'nist-ac-4', 'soc2-cc7.1'],
  row: z.object({
    workloadKey: z.string(),
    workload: z.string(),
    port: z.number(),
    servers: z.array(z.string()),
    serverKeys: z.array(z.string()),
    callers: z.array(z.string()),
  }),
  message: ({ workload, port, servers, callers }) =>
    servers.length > 0
      ? `${workload}:${port} is an opaque port of its pods, but ${servers.join(', ')} expects HTTP there: every meshed call is closed`
      : `${callers.join(', ')} called ${workload}:${port} with HTTP, but its proxies saw nothing but bytes: no route and no rate limit holds there`,
  about: (row) => [
    { label: 'Workload', key: row.workloadKey },
    ...row.serverKeys.map((key) => ({ label: 'Server', key })),
  ],
  fingerprint: (row) => [row.workloadKey, row.port, row.servers.length > 0 ? 'server' : 'traffic'],
});
