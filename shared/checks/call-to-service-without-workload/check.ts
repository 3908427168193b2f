import { z } from 'zod';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import { times } from '../times.ts';
import population from './population.cypher';
import query from './query.cypher';

export const callToServiceWithoutWorkload = defineCheck({
  id: 'call-to-service-without-workload',
  group: 'reachability',
  title: 'called Services have a workload behind them',
  severity: 'high',
  rationale:
    'Someone still calls a Service that no ready pod serves: every call fails (Linkerd answers FAIL_FAST after its queue ' +
    'timeout). Either the workload is down, its labels no longer match the selector, or the Service is dead and its ' +
    'callers were forgotten.',
  remedy:
    "Bring the workload back or repair the Service's selector; if the Service is retired, remove the call from its callers first.",
  needs: { traffic: true, families: ['services', 'services/selection', 'pods', 'workloads'] },
  parameters: [],
  query,
  population: { noun: 'pairs of a caller and a port it called', query: population },
  controls: ['soc2-cc7.2', 'iso27001-a.8.16'],
  row: z.object({
    callerKey: z.string(),
    caller: z.string(),
    serviceKey: z.string(),
    service: z.string(),
    live: z.boolean(),
    selected: z.array(z.string()),
    port: z.number(),
    count: z.number(),
    first: z.number(),
    last: z.number(),
  }),
  message: (row) => {
    const why = !row.live
      ? 'which does not exist'
      : row.selected.length === 0
        ? 'whose selector matches no workload'
        : `behind which no pod of ${row.selected.join(', ')} is ready`;
    return `${row.caller} called Service ${row.service}:${row.port} ${times(row.count)}, ${why}, last ${formatInstant(row.last)}`;
  },
  about: (row) => [
    { label: 'Service', key: row.serviceKey },
    { label: 'Workload', key: row.callerKey },
  ],
  fingerprint: (row) => [row.callerKey, row.serviceKey, row.port],
});
