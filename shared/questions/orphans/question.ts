import { z } from 'zod';
import { formatDuration } from '../../domain/duration.ts';
import { FAMILIES, type Family } from '../../kubernetes/families.ts';
import { defineQuestion } from '../question.ts';
import { rowOf, toldOf } from '../rows-of.ts';
import ledger from '../watched/query.cypher';
import { transformWatched, watchedMs, windowRow } from '../watched/watched.ts';
import traffic from './traffic.cypher';
import unused from './unused.cypher';

const LABELS = [
  'ServiceAccount',
  'Role',
  'Server',
  'AuthorizationPolicy',
  'ServerAuthorization',
  'Authentication',
  'RateLimit',
  'Route',
  'ServiceProfile',
] as const;
type Label = (typeof LABELS)[number] | 'Service' | 'Workload';

const unusedTold = z.object({
  label: z.enum(LABELS),
  kind: z.string(),
  key: z.string(),
  name: z.string(),
  ended: z.number().nullable(),
  powers: z.array(z.string()),
});
const orphanRow = z.union([
  windowRow,
  rowOf('unused', unusedTold),
  rowOf('known', z.object({ families: z.array(z.string()) })),
  rowOf('service', z.object({ key: z.string(), name: z.string(), callers: z.array(z.string()), last: z.number() })),
  rowOf('workload', z.object({ key: z.string(), kind: z.string(), name: z.string(), last: z.number().nullable() })),
]);

const routes = Object.keys(FAMILIES).filter((family) => family.startsWith('routes/')) as Family[];

/** The fact families that must have been read for something of the label to be known as unused. */
const NEEDS: Readonly<Record<Label, readonly Family[]>> = {
  Service: ['services', 'services/selection', 'pods'],
  Workload: ['workloads', 'pods'],
  ServiceAccount: ['serviceaccounts', 'workloads/accounts'],
  Role: ['roles', 'clusterroles', 'bindings'],
  Server: ['servers/selection'],
  AuthorizationPolicy: ['authorizationpolicies/targets'],
  ServerAuthorization: ['serverauthorizations/targets'],
  Authentication: ['authorizationpolicies/requirements'],
  RateLimit: ['ratelimits/targets'],
  Route: routes,
  ServiceProfile: ['services/profiles'],
};

const WHY: Readonly<Record<(typeof LABELS)[number], string>> = {
  ServiceAccount: 'no workload runs as it',
  Role: 'no binding grants it',
  Server: 'it selects no workload',
  AuthorizationPolicy: 'it targets nothing that is there',
  ServerAuthorization: 'it targets no Server that is there',
  Authentication: 'no policy requires it',
  RateLimit: 'it targets no Server that is there',
  Route: 'no parent of it is there',
  ServiceProfile: 'no Service has its name',
};

export const orphans = defineQuestion({
  id: 'orphans',
  title: 'What is left over: called but served by nobody, idle, or used by nothing?',
  parameters: [],
  columns: [
    { name: 'kind', title: 'kind', meaning: 'the Kubernetes kind' },
    { name: 'entity', title: 'entity', meaning: 'its namespace and name' },
    { name: 'why', title: 'why', meaning: 'what it lacks, and what still depends on it' },
    {
      name: 'since',
      title: 'since',
      kind: 'instant',
      meaning: 'when its last use ended, or its last call; absent where none was ever seen',
    },
  ],
  scope: { columns: ['key'], meaning: 'what is left over' },
  example: {},
  query: [ledger, traffic, unused].join('\nUNION ALL\n'),
  row: orphanRow,
  answer: (rows, { since, at }) => {
    const watched = transformWatched(rows.filter((one) => one.what === 'window'));
    const seenFor = watchedMs(watched, since, at);
    const known = new Set(toldOf(rows, 'known').flatMap(({ families }) => families));
    const unread = (Object.keys(NEEDS) as Label[]).filter((label) => !NEEDS[label].every((one) => known.has(one)));
    const idle = `in the ${formatDuration(seenFor)} watched it called nobody and nobody called it`;
    const told = rows.flatMap((one) => {
      switch (one.what) {
        case 'service': {
          const { key, name, callers, last } = one.told;
          const why = `no ready pod is behind it, and ${callers.join(', ')} ${callers.length === 1 ? 'calls' : 'call'} it`;
          return [{ label: 'Service' as Label, kind: 'Service', entity: name, why, since: last, key }];
        }
        case 'workload': {
          const { key, kind, name, last } = one.told;
          return seenFor > 0 ? [{ label: 'Workload' as Label, kind, entity: name, why: idle, since: last, key }] : [];
        }
        case 'unused': {
          const { label, kind, key, name, ended, powers } = one.told;
          const still = powers.length > 0 ? `, yet it is bound to ${powers.join(', ')}` : '';
          return [{ label: label as Label, kind, entity: name, why: WHY[label] + still, since: ended, key }];
        }
        default:
          return [];
      }
    });
    const order = Object.keys(NEEDS);
    return {
      rows: told
        .filter(({ label }) => !unread.includes(label))
        .sort((a, b) => order.indexOf(a.label) - order.indexOf(b.label) || (a.key < b.key ? -1 : 1)),
      summary: (some) => {
        const left = unread.length > 0 ? `; not known of ${unread.join(', ')}: what uses them was not read` : '';
        return `${some.length === 1 ? '1 thing is' : `${some.length} things are`} left over${left}`;
      },
    };
  },
});
