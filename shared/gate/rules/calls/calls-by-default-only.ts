import { countOf } from '../../../questions/edges/shares.ts';
import { placesOf } from '../../calls/blame.ts';
import { CALL_COLUMNS, callViolations } from '../../calls/call-violations.ts';
import { callsInWords } from '../../calls/call-words.ts';
import { byDefaultOnly } from '../../calls/effect.ts';
import { type JudgedCall, type Outcome, passes } from '../../calls/judged-call.ts';
import { judgedCalls } from '../../calls/judged-calls.ts';
import type { GateRule, JudgedChange, Violation } from '../../rule.ts';

export const callsByDefaultOnly: GateRule = {
  id: 'calls-by-default-only',
  group: 'calls',
  title: 'calls that policy admits by name are not left to a default',
  severity: 'low',
  rationale:
    'A Server with its authorizations says who may call. These calls met one and after the change do not: the default policy ' +
    'of the pod or of the cluster lets them in, as it does everybody it lets in, and they break on the day it is tightened.',
  remedy: 'Keep a Server on the port, with an AuthorizationPolicy that names its callers.',
  columns: CALL_COLUMNS,
  judge: (judged) => ({
    caused: callViolations(judged, newlyByDefault, ([{ after }], calls) => ({
      message: `${callsInWords(calls)}, would be let in by nothing but the default policy ${after.server?.name}: ${after.server?.reason}`,
      places: placesOf(judged, calls[0].edge, newlyByDefault(calls[0]) as Outcome),
    })),
    existing: alreadyByDefault(judged),
  }),
};

const newlyByDefault = ({ outcomes, seen }: JudgedCall): Outcome | undefined =>
  seen === 'turned-away'
    ? undefined
    : outcomes.find(({ before, after }) => passes(before) && before.server?.kind === 'Server' && byDefaultOnly(after));

/** One for each namespace in which a call that is judged was left to a default and stays so. */
function alreadyByDefault(judged: JudgedChange): Violation[] {
  const staying = judgedCalls(judged).filter(
    ({ seen, outcomes, edge }) =>
      seen !== 'turned-away' &&
      edge.to.label === 'Workload' &&
      outcomes.some(({ before, after }) => byDefaultOnly(before) && byDefaultOnly(after)),
  );
  return [...Map.groupBy(staying, ({ edge }) => edge.to.key.split('/')[1] ?? '')].map(([namespace, calls]) => {
    const callees = [...new Set(calls.map(({ edge }) => `${edge.to.name}:${edge.port}`))].sort();
    return {
      message: `namespace ${namespace}: calls to ${callees.join(', ')} are let in by nothing but a default policy`,
      places: [],
      fingerprint: [namespace],
      row: {
        caller: null,
        callee: callees,
        port: null,
        namespace,
        identity: null,
        units: [...new Set(calls.map(({ edge }) => edge.unit))],
        count: countOf(calls),
        last: Math.max(...calls.map(({ edge }) => edge.last)),
      },
    };
  });
}
