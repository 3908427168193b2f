import { z } from 'zod';
import { formatInstant } from '../../domain/instant.ts';
import { defineCheck } from '../check.ts';
import { times } from '../times.ts';
import population from './population.cypher';
import query from './query.cypher';

export const deniedArrivals = defineCheck({
  id: 'denied-arrivals',
  group: 'policy',
  title: 'no caller is turned away by Linkerd policy',
  severity: 'high',
  rationale:
    'Someone tries what policy forbids: an intruder or a mistake if the caller has no business there, a broken policy ' +
    'if it has. Counted by the proxy of the called side (inbound_{http,tcp}_authz_deny_total and its kin), the only ' +
    'place where a denied caller shows with its identity; the caller itself sees a plain 403 or a closed connection. What went ' +
    'on before the period says since when: new denials are news, old ones mostly a caller nobody repaired. ' +
    'Left out: connections that end before they spoke, which a proxy judges as bytes, where a hundred times as many requests ' +
    'of the same caller were let in there.',
  remedy:
    'If the call is legitimate, admit the identity: an AuthorizationPolicy on the Server or route with a MeshTLSAuthentication that names it (or mesh the caller if it has none). If it is not, find out why the caller tries.',
  needs: { traffic: true, families: [] },
  parameters: [],
  query,
  population: { noun: 'ways callers arrived', query: population },
  controls: ['soc2-cc7.2', 'iso27001-a.8.16', 'nist-si-4'],
  row: z.object({
    identity: z.string().nullable(),
    clientKey: z.string(),
    owners: z.array(z.string()),
    workloadKey: z.string(),
    workload: z.string(),
    port: z.number(),
    server: z.string(),
    route: z.string().nullable(),
    verdict: z.string(),
    count: z.number(),
    first: z.number(),
    last: z.number(),
    since: z.number(),
  }),
  message: (row) => {
    const who = row.identity === null ? 'an unauthenticated caller' : row.identity;
    const owners = row.owners.length > 0 ? ` (${row.owners.join(', ')})` : '';
    const how =
      row.verdict === 'noRoute' ? 'found no route' : row.verdict === 'terminated' ? 'was cut off' : 'was denied';
    const where = `${row.workload}:${row.port} by ${row.server}${row.route === null || row.route.startsWith('default/') ? '' : `, ${row.route}`}`;
    return `${who}${owners} ${how} ${times(row.count)} at ${where}, last ${formatInstant(row.last)}${row.since < row.first ? `; it goes on since ${formatInstant(row.since)}` : ''}`;
  },
  about: (row) => [
    { label: row.identity === null ? 'Unauthenticated' : 'Identity', key: row.clientKey },
    { label: 'Workload', key: row.workloadKey },
  ],
  fingerprint: (row) => [row.clientKey, row.workloadKey, row.port, row.server, row.route ?? '', row.verdict],
});
