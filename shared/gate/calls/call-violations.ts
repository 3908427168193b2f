import type { Severity } from '../../checks/check.ts';
import type { JudgedChange, Place, Violation } from '../rule.ts';
import { shownEnd } from './call-words.ts';
import type { JudgedCall } from './judged-call.ts';
import { judgedCalls } from './judged-calls.ts';

/** The values of a row about calls. */
export const CALL_COLUMNS = ['caller', 'callee', 'port', 'namespace', 'identity', 'units', 'count', 'last'] as const;

/** What a rule makes of a call; undefined = nothing. */
export type Told = { readonly message: string; readonly places: readonly Place[]; readonly severity?: Severity };

/** One violation for each caller, callee and port of which some calls are `hit`. */
export function callViolations<Hit>(
  judged: JudgedChange,
  hitOf: (call: JudgedCall) => Hit | undefined,
  tell: (hits: readonly [Hit, ...Hit[]], calls: readonly [JudgedCall, ...JudgedCall[]]) => Told,
): Violation[] {
  const hits = judgedCalls(judged).flatMap((call) => {
    const hit = hitOf(call);
    return hit === undefined ? [] : [{ call, hit }];
  });
  const between = Map.groupBy(hits, ({ call: { edge } }) => JSON.stringify([edge.from.key, edge.to.key, edge.port]));
  return [...between.values()].map((group): Violation => {
    const calls = group.map(({ call }) => call) as [JudgedCall, ...JudgedCall[]];
    const [{ edge }] = calls;
    return {
      ...tell(group.map(({ hit }) => hit) as [Hit, ...Hit[]], calls),
      fingerprint: [edge.from.key, edge.to.key, edge.port],
      row: {
        caller: shownEnd(edge.from),
        callee: shownEnd(edge.to),
        port: edge.port,
        namespace: edge.to.label === 'Workload' ? (edge.to.key.split('/')[1] ?? '') : '',
        identity: edge.identity,
        units: [...new Set(calls.map((call) => call.edge.unit))],
        count: calls.reduce((sum, call) => sum + call.count, 0),
        last: Math.max(...calls.map((call) => call.edge.last)),
      },
    };
  });
}
