import { z } from 'zod';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import { times } from '../times.ts';
import population from './population.cypher';
import query from './query.cypher';

export const plaintextBetweenMeshed = defineCheck({
  id: 'plaintext-between-meshed',
  group: 'identity',
  title: 'calls between meshed workloads are mutual TLS',
  severity: 'high',
  rationale:
    'Both ends have a Linkerd proxy, yet the call left in plain text: it can be read and forged on the way, and no ' +
    'policy that asks for an identity can admit it. Usual causes: the port is in skip-inbound-ports, the pod is called ' +
    'in ingress mode without l5d-dst-override, or the two ends belong to different control planes.',
  remedy:
    "Remove the port from config.linkerd.io/skip-inbound-ports on the called workload (mark it opaque if the protocol is the reason), then restart the caller's pods.",
  needs: { traffic: true, families: ['pods', 'workloads'] },
  parameters: [],
  query,
  population: { noun: 'pairs of a caller and a port it called', query: population },
  controls: ['soc2-cc6.7', 'iso27001-a.8.24', 'pci4-4.2', 'nist-sc-8', 'gdpr-32'],
  row: z.object({
    callerKey: z.string(),
    caller: z.string(),
    calleeKey: z.string(),
    callee: z.string(),
    port: z.number(),
    count: z.number(),
    first: z.number(),
    last: z.number(),
    reasons: z.array(z.string()),
    skipped: z.boolean(),
  }),
  message: (row) =>
    `${row.caller} called ${row.callee}:${row.port} ${times(row.count)} without mutual TLS` +
    `${row.reasons.length > 0 ? ` (${row.reasons.join(', ')})` : ''}${row.skipped ? ': the port is in its skip-inbound-ports' : ''}, last ${formatInstant(row.last)}`,
  about: (row) => [
    { label: 'Workload', key: row.callerKey },
    { label: 'Workload', key: row.calleeKey },
  ],
  fingerprint: (row) => [row.callerKey, row.calleeKey, row.port],
});
