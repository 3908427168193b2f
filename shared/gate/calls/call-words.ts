import { formatInstant } from '../../domain/instant.ts';
import type { Verdict } from '../../linkerd/policy/verdict.ts';
import { countOf } from '../../questions/edges/shares.ts';
import type { NamedNode } from '../../questions/question.ts';
import { some } from '../telling/amounts.ts';
import type { Facts } from './call-facts.ts';
import type { Effect } from './effect.ts';
import type { JudgedCall, Outcome } from './judged-call.ts';

/** How reports name an end of a call. */
export const shownEnd = ({ label, name }: NamedNode): string => (label === 'Unauthenticated' ? 'unmeshed' : name);

const callersShown = ({ label, name }: NamedNode): string =>
  label === 'Unauthenticated' ? 'callers without identity' : name;

/** `118 requests of shop/web to shop/db:5432, last 2026-11-23T17:54:00Z`, of calls between two ends on one port. */
export function callsInWords(calls: readonly JudgedCall[]): string {
  const [{ edge }] = calls as readonly [JudgedCall, ...JudgedCall[]];
  const counts = [...Map.groupBy(calls, (call) => call.edge.unit)].map(([unit, ofUnit]) =>
    some(countOf(ofUnit), unit.slice(0, -1)),
  );
  const last = formatInstant(Math.max(...calls.map((call) => call.edge.last)));
  return `${counts.join(' and ')} of ${callersShown(edge.from)} to ${edge.to.name}:${edge.port}, last ${last}`;
}

/** `denied with 403: no authorization matches (AuthorizationPolicy a: identity ... is not among [...])`. */
export function refusalInWords({ verdict, status, reason, failed }: Verdict): string {
  const how = status === 'closed' ? 'closed' : status === null ? verdict : `${verdict} with ${status}`;
  const clauses = failed.slice(0, AT_MOST).map(({ authorization: { kind, name }, clause, message }) => {
    return clause === 'reference' ? message : `${kind} ${name}: ${message}`;
  });
  const more = failed.length > AT_MOST ? [`${failed.length - AT_MOST} more`] : [];
  const told = [...clauses, ...more].join('; ');
  return `${how}: ${reason}${told === '' ? '' : ` (${told})`}`;
}

const AT_MOST = 2;

/** What to know of how sure this is. */
export function caveats({ hit: [first] }: Effect, calls: readonly JudgedCall[]): string {
  const again = first.recreated ? ', once the pods are created again' : '';
  const unexplained = calls.every(({ explained }) => !explained)
    ? '; by the policy before the change they would have fared otherwise than they were seen to'
    : '';
  return `${again}${unexplained}`;
}

type Dimension = { readonly what: string; readonly of: (outcome: Outcome) => string };

const DIMENSIONS: readonly Dimension[] = [
  { what: 'the address of the caller', of: ({ facts }) => facts.address ?? 'any' },
  {
    what: 'the Service it goes through',
    of: ({ facts: { service } }) => (service ? `${service.name}:${service.port}` : 'none'),
  },
  { what: 'what is asked for', of: ({ facts }) => requestShown(facts) },
  { what: 'what is spoken', of: ({ facts }) => protocolShown(facts) },
  { what: 'the pod that is called', of: ({ callee }) => callee ?? 'any' },
  { what: 'the pod that calls', of: ({ caller }) => caller ?? 'any' },
];

const requestShown = ({ asked: { shown, request } }: Facts): string =>
  shown ?? (request.path === undefined ? 'anything' : 'what no route names');

const protocolShown = ({ protocol, serverSpeaksFirst }: Facts): string =>
  serverSpeaksFirst ? 'a protocol in which the server speaks first' : protocol;

/** `it depends on the address of the caller: from 10.0.0.1 they would be`: the fact that parts those hit from those spared. */
export function decidingFact({ hit, spared }: Pick<Effect, 'hit' | 'spared'>): string {
  if (spared.length === 0) return '';
  const varying = DIMENSIONS.filter(({ of }) => new Set([...hit, ...spared].map(of)).size > 1);
  const alone = varying.find(({ of }) => {
    const values = new Set(hit.map(of));
    return spared.every((outcome) => !values.has(of(outcome)));
  });
  const deciding = alone ? [alone] : varying;
  if (deciding.length === 0) return '';
  const examples = deciding.map(({ what, of }) => `${what} (as with ${of(hit[0])})`);
  return `depending on ${examples.join(' and ')}, which metrics do not tell`;
}
