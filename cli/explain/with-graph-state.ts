import { coverageNotes } from '../../shared/checks/coverage.ts';
import { STALE_AFTER_MS } from '../../shared/checks/stale-after.ts';
import { formatDuration } from '../../shared/domain/duration.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import { readClusters, readKnowledge } from '../../shared/graph/knowledge.ts';
import { readMeshState } from '../../shared/graph/policy-objects/read-mesh-state.ts';
import { readTrafficTo } from '../../shared/graph/policy-objects/read-traffic-to.ts';
import { readFreshness } from '../../shared/graph/reader/read-freshness.ts';
import { chooseCluster } from '../../shared/questions/ask.ts';
import { readPeriod } from '../../shared/questions/period.ts';
import type { Io } from '../io.ts';
import { withGraph } from '../with-graph.ts';
import type { Origin } from './origin.ts';

type Asked = { readonly at?: string; readonly cluster?: string; readonly path?: string };

/** How far back calls are looked for. */
const SEEN_SINCE = '14d';

const IDENTITY = 'identity:';
const NO_PROBES = 'the graph keeps no probes: what a probe of the kubelet alone may ask is judged as any call';

/** Does the work with the mesh as the graph knew it at the instant asked for, by default the newest it knows. */
export function withGraphState(
  io: Io,
  ends: readonly string[],
  { at: asked, cluster: name, path }: Asked,
  work: (origin: Origin) => Promise<void>,
): Promise<void> {
  return withGraph(io, async (graph) => {
    const { cluster, newest } = chooseCluster(await readClusters(graph), name);
    const period = readPeriod({ at: asked, since: SEEN_SINCE }, newest, io.now());
    const { at } = period;
    const state = await readMeshState(graph, cluster, at, namedBy(ends));
    const knowledge = await readKnowledge(graph, cluster, period, []);
    const { newest: read } = await readFreshness(graph, cluster, period);
    const probes = path === undefined ? [] : [NO_PROBES];
    const notes = [
      ...state.notes,
      ...probes,
      ...staleness(read.cluster, asked, io.now()),
      ...coverageNotes(knowledge, period),
    ];
    await work({
      state: { ...state, notes },
      cluster,
      at,
      readTraffic: (to) => readTrafficTo(graph, { cluster, ...period }, to, state),
    });
  });
}

/** Workloads by the ways an end can name them. */
function namedBy(ends: readonly string[]) {
  const identities = ends.filter((end) => end.startsWith(IDENTITY)).map((end) => end.slice(IDENTITY.length));
  const names = ends.map((end) => end.split('/')).map(([namespace, ...rest]) => `${namespace}/${rest.at(-1)}`);
  return { names, identities };
}

function staleness(newest: number | null, asked: string | undefined, now: number): string[] {
  if (asked !== undefined || newest === null || now - newest <= STALE_AFTER_MS) return [];
  const age = formatDuration(now - newest);
  return [`the cluster was last scanned ${formatInstant(newest)}, ${age} ago: this is how it was then`];
}
