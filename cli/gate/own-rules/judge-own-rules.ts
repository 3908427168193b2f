import { writeObservation } from '../../../functions/write-graph/write-graph.ts';
import type { OwnCheck } from '../../../shared/checks/own-checks/own-check.ts';
import type { Configuration } from '../../../shared/domain/configuration.ts';
import { observedCalls } from '../../../shared/gate/own-rules/observed-calls.ts';
import { judgeRows, objectKeys } from '../../../shared/gate/own-rules/to-violation.ts';
import { wholeObjects } from '../../../shared/gate/own-rules/whole-objects.ts';
import type { AnyRule, JudgedChange } from '../../../shared/gate/rule.ts';
import type { Graph } from '../../../shared/graph/connection.ts';
import { emptyCluster } from '../../../shared/graph/empty-cluster.ts';
import { withLease } from '../../../shared/graph/lease.ts';
import { observationWriters } from '../../../shared/graph/observation-writers.ts';
import { askOwnCheck, demandQueries, type Rows } from '../../../shared/graph/own-checks/ask-own-check.ts';
import type { Io } from '../../io.ts';
import { withScratchGraph } from '../../own-checks/with-scratch-graph.ts';
import { observeState } from './observed-state.ts';

export type OwnRulesAsked = {
  readonly rules: readonly OwnCheck[];
  readonly judged: JudgedChange;
  readonly configuration: Pick<Configuration, 'entityModel' | 'scan'>;
};

/**
 * Rules of the user's own, judged: each was asked of a Neo4j of its own that held the mesh before, then the mesh after. One
 * after the other and under the cluster's own name, since Community has one database and keys begin with that name.
 */
export async function judgeOwnRules(io: Io, { rules, judged, configuration }: OwnRulesAsked): Promise<AnyRule[]> {
  const { baseline } = judged;
  const calls = observedCalls(baseline, configuration.scan.period);
  const { cluster, at, traffic } = baseline;
  const parameters = {
    cluster,
    since: Math.min(traffic.since, calls?.window.from ?? traffic.since),
    at: Math.max(traffic.at, at),
  };
  const objects = wholeObjects(judged);
  const rows = await withScratchGraph(io, async (graph) => {
    const columns = new Map<string, readonly string[]>();
    for (const rule of rules) columns.set(rule.id, await demandQueries(graph, rule, parameters));
    const rowsOf = async (side: 'before' | 'after'): Promise<Map<string, Rows>> => {
      const { settings } = judged[side].policies;
      const state = { cluster, at, entityModel: configuration.entityModel, settings };
      await fill(graph, [await observeState(objects[side], state), ...(calls ? [calls] : [])]);
      const found = new Map<string, Rows>();
      for (const rule of rules) {
        io.signal.throwIfAborted();
        found.set(rule.id, await askOwnCheck(graph, rule, 'query', parameters));
      }
      return found;
    };
    const before = await rowsOf('before');
    await withLease(graph, cluster, emptyCluster);
    return { columns, before, after: await rowsOf('after') };
  });
  const keys = objectKeys(cluster, writtenObjects(judged));
  return rules.map((rule) => {
    const of = (side: 'before' | 'after'): Rows => rows[side].get(rule.id) ?? [];
    const judgement = judgeRows(rule, { before: of('before'), after: of('after') }, keys);
    const { id, title, severity, rationale, remedy } = rule;
    const columns = rows.columns.get(id) ?? [];
    return { id, group: 'own', title, severity, rationale, remedy, columns, judge: () => judgement };
  });
}

async function fill(graph: Graph, observations: readonly Parameters<typeof writeObservation>[1][]): Promise<void> {
  const writers = observationWriters(graph);
  for (const observation of observations) await writeObservation(writers, observation);
}

const writtenObjects = ({ laid }: JudgedChange) => [...laid.given.values()].map(({ placed }) => placed.object);
