import { z } from 'zod';
import { wayText } from '../edges/hops.ts';
import { defineQuestion } from '../question.ts';
import { hopsAt, type Reached, spread, type Walk, wayOf } from '../walk/walk.ts';
import query from './query.cypher';

const POWERS = [
  'reads-secrets',
  'writes-secrets',
  'execs',
  'escalates',
  'impersonates',
  'creates-tokens',
  'creates-pods',
  'edits-policy',
  'wildcard',
] as const;

const row = z.object({
  what: z.enum(['holder', 'start']),
  key: z.string(),
  kind: z.string(),
  name: z.string(),
  binding: z.string().nullable(),
  boundIn: z.string().nullable(),
  role: z.string(),
  system: z.boolean(),
  workloads: z.array(z.object({ key: z.string(), name: z.string() })),
});

export const whoCan = defineQuestion({
  id: 'who-can',
  title:
    'Who holds a power over the Kubernetes API, through which binding, and from where is a workload with it reached?',
  parameters: [
    { name: 'power', meaning: 'what the role lets them do', kind: 'choice', choices: POWERS },
    {
      name: 'from',
      meaning: 'only what is reached from this workload, identity or "unauthenticated"',
      kind: 'node',
      labels: ['Workload', 'ExternalWorkload', 'Identity', 'Unauthenticated'],
      optional: true,
    },
  ],
  columns: [
    { name: 'workload', title: 'workload', meaning: 'that runs as the holder; none where nothing does' },
    { name: 'holder', title: 'holder', meaning: 'the ServiceAccount, user or group' },
    { name: 'kind', title: 'kind', meaning: 'ServiceAccount, User or Group' },
    { name: 'role', title: 'by role', meaning: 'kind and name of the role' },
    { name: 'binding', title: 'bound by', meaning: 'kind and name of the binding' },
    { name: 'boundIn', title: 'in', meaning: 'the namespace it holds in; none = everywhere' },
    { name: 'callers', title: 'called by', meaning: 'who calls the workload directly' },
    {
      name: 'way',
      title: 'reached',
      meaning: 'the shortest way to it from `from`, else from what is exposed or showed no identity',
    },
  ],
  scope: { columns: ['holderKey', 'workloadKey'], meaning: 'the holder, or the workload that runs as it' },
  example: { power: 'reads-secrets' },
  walks: true,
  query,
  row,
  answer: (rows, { nodes, values, walk }) => {
    const starts = nodes.from ? [nodes.from.key] : rows.filter(({ what }) => what === 'start').map(({ key }) => key);
    const begin = starts.flatMap((key) => walk.indices.get(key) ?? []);
    const reached = spread(walk, begin, 'out', Number.POSITIVE_INFINITY);
    const held = rows
      .filter(({ what }) => what === 'holder')
      .flatMap(({ what: _, key: holderKey, name: holder, workloads, ...bound }) =>
        (workloads.length > 0 ? workloads : [null]).map((workload) => ({
          workload: workload?.name ?? null,
          holder,
          ...bound,
          ...reachOf(walk, reached, workload?.key),
          holderKey,
          workloadKey: workload?.key ?? null,
        })),
      )
      .filter(({ hops, workloadKey }) => !nodes.from || hops !== null || workloadKey === nodes.from.key)
      .sort((a, b) => order(a.hops) - order(b.hops) || (rank(a) < rank(b) ? -1 : 1));
    return {
      rows: held,
      summary: (told) => {
        const holders = new Set(told.map((one) => one.holderKey)).size;
        const near = new Set(told.flatMap((one) => (one.hops === null ? [] : one.workloadKey))).size;
        const where = nodes.from ? nodes.from.name : 'what is exposed or showed no identity';
        return `${holders} hold the power ${values.power}; ${near} workloads with it are reached from ${where}`;
      },
    };
  },
});

function reachOf(walk: Walk, reached: Reached, key: string | undefined) {
  const index = key === undefined ? undefined : walk.indices.get(key);
  if (index === undefined) return { callers: [], hops: null, way: null };
  const callers = [...hopsAt(walk, index, 'in')].map((hop) => walk.hops[hop]?.from.name ?? '');
  const hopsTo = reached.distance[index] ?? -1;
  const way = hopsTo > 0 ? wayText(wayOf(walk, reached, index, 'out')) : null;
  return { callers: callers.sort(), hops: hopsTo < 0 ? null : hopsTo, way };
}

/** What is reached first, the nearest of it before. */
const order = (hops: number | null): number => hops ?? Number.MAX_SAFE_INTEGER;
const rank = ({
  holderKey,
  workloadKey,
  role,
  binding,
}: Record<'holderKey' | 'role', string> & Record<'workloadKey' | 'binding', string | null>): string =>
  JSON.stringify([holderKey, workloadKey, role, binding]);
