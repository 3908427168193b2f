import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { times } from '../times.ts';
import population from './population.cypher';
import query from './query.cypher';

export const viewsDisagree = defineCheck({
  id: 'views-disagree',
  group: 'mesh',
  title: "what a workload's proxies called and what arrived under its identity agree",
  severity: 'medium',
  rationale:
    'An identity that names one workload is counted twice: by the proxies of the caller and by those of the called side. ' +
    'More arrivals than calls: somebody else holds this identity, or some of the callers are not scraped. More calls than ' +
    'arrivals: pods of the called side are not scraped, and their verdicts are missing everywhere. Compared are HTTP and ' +
    'gRPC requests over mutual TLS; differences up to a tenth or 20 requests are edges of windows and open streams. Left ' +
    'out: namespaces whose proxies were silent in more than a tenth of the windows, and the control plane and extensions.',
  remedy:
    'See with the check proxy-not-scraped whether Prometheus misses pods of either side. If it misses none and more arrived than was called, treat the identity as stolen: restart the pods that run as it and look for others that do.',
  needs: { traffic: true, families: ['namespaces', 'identities', 'workloads', 'workloads/accounts'] },
  parameters: [],
  query,
  population: { noun: 'pairs of which both sides can be compared', query: population },
  controls: ['nist-si-4', 'nist-ia-9', 'iso27001-a.8.16', 'soc2-cc7.2'],
  row: z.object({
    identityKey: z.string(),
    identity: z.string(),
    callerKey: z.string(),
    caller: z.string(),
    calleeKey: z.string(),
    callee: z.string(),
    port: z.number(),
    called: z.number(),
    arrived: z.number(),
  }),
  message: (row) =>
    `${row.caller} called ${row.callee}:${row.port} ${times(row.called)} by its own proxies, but under its identity ` +
    `${row.identity} ${row.arrived === 1 ? '1 request' : `${row.arrived} requests`} arrived there`,
  about: (row) => [
    { label: 'Workload', key: row.callerKey },
    { label: 'Workload', key: row.calleeKey },
    { label: 'Identity', key: row.identityKey },
  ],
  fingerprint: (row) => [row.identityKey, row.calleeKey, row.port, row.called > row.arrived ? 'unseen' : 'unsaid'],
});
