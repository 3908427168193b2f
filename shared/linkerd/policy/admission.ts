import type { Arrival } from './arrival.ts';
import { type Authorizations, isAudit } from './authorization.ts';
import { failures } from './failure-words.ts';
import { judge, matches } from './judge.ts';
import type { Verdict } from './verdict.ts';

type Admission = Pick<Verdict, 'reason' | 'authorizations' | 'failed' | 'missing'> & {
  readonly admitted: 'allowed' | 'audited' | 'denied' | 'unknown';
};

/** Any authorization that matches admits; when `audit` alone does, enforcing would deny (reference 3.4). */
export function admission(authorizations: Authorizations, arrival: Arrival): Admission {
  const judged = authorizations.valid.map(({ ref, ...authorization }) => {
    const judgement = judge({ ref, ...authorization }, arrival);
    return { ref, judgement, holds: matches(judgement) };
  });
  const hits = judged.flatMap(({ ref, holds }) => (holds ? [ref] : []));
  const failed = failures(authorizations, arrival);
  if (hits.length > 0) {
    const audited = hits.every(isAudit);
    const by = hits.map(({ kind, name }) => `${kind} ${name}`).join(', ');
    const reason = audited ? 'only audit lets it pass: enforced, it would be denied' : `admitted by ${by}`;
    return { admitted: audited ? 'audited' : 'allowed', reason, authorizations: hits, failed, missing: [] };
  }
  const open = judged.filter(({ holds }) => holds === undefined);
  if (open.length === 0)
    return { admitted: 'denied', reason: denial(authorizations), authorizations: [], failed, missing: [] };
  const missing = [
    ...(open.some(({ judgement }) => judgement.identity === undefined) ? ['client.identity'] : []),
    ...(open.some(({ judgement }) => judgement.network === undefined) ? ['client.address'] : []),
  ];
  return { admitted: 'unknown', reason: `it depends on ${missing.join(' and ')}`, authorizations: [], failed, missing };
}

const denial = ({ valid, void: ignored }: Authorizations): string => {
  if (valid.length > 0) return 'no authorization matches';
  return ignored.length > 0 ? 'every authorization is void' : 'there is no authorization at all';
};
