import { oncePer } from '../../domain/once-per.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import { countOf } from '../../questions/edges/shares.ts';
import type { JudgedChange } from '../rule.ts';
import { callEnds } from './call-ends.ts';
import { callOutcomes } from './call-outcomes.ts';
import { calledPorts } from './called-ports.ts';
import { fitting, type JudgedCall, type Outcome, seenOf } from './judged-call.ts';
import { touchedBy } from './touched.ts';

/** Every call seen that the change can turn, judged before and after: once a change, for all who ask. */
export const judgedCalls = oncePer((judged: JudgedChange): JudgedCall[] => {
  const touched = touchedBy(judged);
  const ends = callEnds(judged);
  const ports = calledPorts(judged, ends);
  return judged.baseline.traffic.edges.flatMap((edge) => {
    const concerned =
      touched.everything ||
      [edge.to.key, ...ends.callerKeys(edge)].some((key) => touched.workloads.has(key)) ||
      ports.isTouched(edge, touched);
    return concerned ? byFate(edge, callOutcomes(judged, ends, ports, edge)) : [];
  });
});

/**
 * An edge's calls apart by how they fared. What no way to come explains was seen under another policy, and is told only
 * where that is so of all of them.
 */
function byFate(edge: Edge, outcomes: readonly Outcome[]): JudgedCall[] {
  if (outcomes.length === 0) return [];
  const calls = [...Map.groupBy(edge.shares, seenOf)].map(([seen, shares]): JudgedCall => {
    const fit = fitting(seen, shares, outcomes);
    const explained = fit.length > 0;
    return { edge, seen, count: countOf(shares), explained, outcomes: explained ? fit : outcomes };
  });
  const explained = calls.filter((call) => call.explained);
  return explained.length > 0 ? explained : calls;
}
