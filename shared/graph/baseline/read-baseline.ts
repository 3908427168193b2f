import { coverageNotes, type Knowledge } from '../../checks/coverage.ts';
import { type Properties, propertiesAt } from '../../domain/projection/changes.ts';
import { BASELINE_SCHEMA, type Baseline, type BaselineWorkload } from '../../gate/baseline.ts';
import { edgesInOrder } from '../../gate/traffic/edges-in-order.ts';
import type { Family } from '../../kubernetes/families.ts';
import type { WorkloadName } from '../../linkerd/explain/known-workloads.ts';
import edgesQuery from '../../questions/edges/query.cypher';
import { toldRow } from '../../questions/edges/told.ts';
import type { Period } from '../../questions/period.ts';
import type { Graph } from '../connection.ts';
import { readKnowledge } from '../knowledge.ts';
import type { ObjectRow } from '../policy-objects/node-object.ts';
import { DECIDING } from '../policy-objects/read-mesh-state.ts';
import { readPolicyObjects } from '../policy-objects/read-policy-objects.ts';
import { readRows } from '../questions.ts';
import { propertyChange } from '../structure/change-rows.ts';
import bindings from './bindings.cypher';
import furtherObjects from './further-objects.cypher';
import { type BindingRow, bindingObjects, furtherObject } from './further-objects.ts';
import workloadsQuery from './workloads.cypher';

/** Fact families without which a change cannot be judged. */
const NEEDED: readonly Family[] = [...DECIDING, 'serviceaccounts', 'roles', 'clusterroles', 'bindings'];

/**
 * The Baseline of a cluster as the graph knew it at `period.at`, with the calls of the period. `at` of the answer is as of
 * when all that decides was read whole. Throws NotFoundError for an instant before the first scan.
 */
export async function readBaseline(graph: Graph, cluster: string, period: Period): Promise<Baseline> {
  const { at } = period;
  const { objects, settings } = await readPolicyObjects(graph, cluster, at);
  const further = (await readRows(graph, furtherObjects, { cluster, at })) as readonly ObjectRow[];
  const bound = (await readRows(graph, bindings, { cluster, at })) as readonly BindingRow[];
  const workloads = (await readRows(graph, workloadsQuery, { cluster, at })) as readonly WorkloadRow[];
  const told = await readRows(graph, edgesQuery, { cluster, ...period });
  const knowledge = await readKnowledge(graph, cluster, period, NEEDED);
  return {
    schema: BASELINE_SCHEMA,
    cluster,
    at: Math.min(at, ...Object.values(knowledge.families)),
    settings,
    objects: [...objects, ...further.map((row) => furtherObject(row, at)), ...bindingObjects(cluster, bound)],
    workloads: workloads.map((row) => toWorkload(row, at)),
    traffic: {
      ...period,
      coveredMs: knowledge.trafficCoveredMs,
      partialWindows: knowledge.partialWindows,
      newest: knowledge.traffic?.at ?? null,
      edges: edgesInOrder(told.map((row) => toldRow.parse(row))),
    },
    unread: unreadOf(knowledge),
    notes: coverageNotes(knowledge, period),
  };
}

const unreadOf = ({ families }: Knowledge): string[] => NEEDED.filter((family) => families[family] === undefined);

type WorkloadRow = WorkloadName & Pick<ObjectRow, 'changes'> & { readonly present: Record<string, string[] | null> };

function toWorkload({ namespace, kind, name, present, changes }: WorkloadRow, at: number): BaselineWorkload {
  const now = Object.entries(present).filter((entry): entry is [string, string[]] => entry[1] !== null);
  const { labels, annotations }: Properties = propertiesAt(Object.fromEntries(now), changes.map(propertyChange), at);
  return { namespace, kind, name, labels: textsOf(labels), annotations: textsOf(annotations) };
}

const textsOf = (value: Properties[string] | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
