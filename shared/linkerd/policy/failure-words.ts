import { nearest } from '../../domain/configuration/nearest.ts';
import type { Arrival } from './arrival.ts';
import type { Authorization, Authorizations } from './authorization.ts';
import { isSpiffe } from './identity-pattern.ts';
import { type Judgement, judge, matches } from './judge.ts';
import { networksInWords } from './network.ts';
import type { Failure } from './verdict.ts';

/** Of every authorization that does not match, each clause that fails, and why others count for nothing. */
export function failures({ valid, void: ignored }: Authorizations, arrival: Arrival): Failure[] {
  return [
    ...ignored.map(
      ({ ref, reason }): Failure => ({
        authorization: ref,
        clause: 'reference',
        message: `${ref.kind} ${ref.name} counts for nothing: ${reason}`,
      }),
    ),
    ...valid.flatMap((authorization) => {
      const judgement = judge(authorization, arrival);
      return matches(judgement) === true ? [] : clauses(authorization, judgement, arrival);
    }),
  ];
}

function clauses(authorization: Authorization, { network, identity }: Judgement, arrival: Arrival): Failure[] {
  const { ref, networks } = authorization;
  const failed: Failure[] = [];
  if (identity !== true)
    failed.push({ authorization: ref, clause: 'identity', message: identityWords(authorization, arrival) });
  if (network !== true) {
    const given =
      arrival.address === undefined
        ? 'the address of the client is not known and must be'
        : `${arrival.address} is not`;
    const message = networks.length > 0 ? `${given} in ${networksInWords(networks)}` : 'it admits no network';
    failed.push({ authorization: ref, clause: 'network', message });
  }
  return failed;
}

const AT_MOST = 5;

function identityWords({ authentication }: Authorization, { tls, identity }: Arrival): string {
  const patterns = authentication.kind === 'identities' ? authentication.patterns : [];
  const few =
    patterns.length > AT_MOST ? [...patterns.slice(0, AT_MOST), `${patterns.length - AT_MOST} more`] : patterns;
  const list = patterns.length > 0 ? `one of [${few.join(', ')}]` : 'a mesh identity';
  if (tls === false) return `the client comes without mesh TLS, expected ${list}`;
  if (tls === undefined || identity === undefined) return `it is not known who the client is, expected ${list}`;
  return `identity ${identity} is not among [${few.join(', ')}]${suggestion(identity, patterns)}`;
}

const ACCOUNT = /^([^.]+\.[^.]+)\.serviceaccount\.identity\.(.+)$/;

/** Identities are long and alike: what is compared is the account and namespace, then the rest. */
function suggestion(identity: string, patterns: readonly string[]): string {
  if (isSpiffe(identity)) return ' (a SPIFFE identity must be listed exactly)';
  const [, account, domain] = ACCOUNT.exec(identity) ?? [];
  if (account === undefined) return '';
  const known = patterns.flatMap((pattern) => {
    const [, name = '', rest] = ACCOUNT.exec(pattern) ?? [];
    return name ? [{ pattern, name, rest }] : [];
  });
  const same = known.find(({ name, rest }) => name === account && rest !== domain);
  if (same) return `; ${same.pattern} has another trust domain or control plane, did you mean ${identity}?`;
  const near = nearest(
    account,
    known.map(({ name }) => name),
  );
  return near ? `; the policy names ${near}, did you mean ${account}?` : '';
}
