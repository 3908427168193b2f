import { meshPlaces } from '../../calls/blame.ts';
import { CALL_COLUMNS, callViolations } from '../../calls/call-violations.ts';
import { callsInWords } from '../../calls/call-words.ts';
import { type JudgedCall, type Outcome, passes } from '../../calls/judged-call.ts';
import type { GateRule } from '../../rule.ts';

export const callsLoseMTls: GateRule = {
  id: 'calls-lose-mtls',
  group: 'calls',
  title: 'calls that are mutual TLS today stay so',
  severity: 'high',
  rationale:
    'These calls were seen to be mutual TLS between two proxies. After the change one of the two is not there or is passed ' +
    'by, so the calls pass in plain text, can be read and forged on the way, and meet no policy that asks for an ' +
    'identity. Those that would be denied for that are told by calls-denied.',
  remedy:
    'Keep both ends in the mesh and the port out of skip-inbound-ports and skip-outbound-ports; if a protocol is the reason, mark the port opaque instead.',
  columns: CALL_COLUMNS,
  judge: (judged) => ({
    caused: callViolations(judged, losing, ([outcome], calls) => ({
      message: `${callsInWords(calls)}, would no longer be mutual TLS: ${whyNot(outcome, calls[0])}`,
      places: meshPlaces(judged, calls[0].edge, outcome),
    })),
    existing: [],
  }),
};

const losing = ({ seen, outcomes }: JudgedCall): Outcome | undefined =>
  seen === 'turned-away' ? undefined : outcomes.find(({ losesMTls, after }) => losesMTls && passes(after));

function whyNot({ after, recreated }: Outcome, { edge }: JudgedCall): string {
  const why = after.verdict === 'not-enforced' ? after.reason : `the proxy of ${edge.from.name} no longer sends them`;
  return `${why}${recreated ? ', once the pods are created again' : ''}`;
}
