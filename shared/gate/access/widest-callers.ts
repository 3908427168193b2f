import { covers, parseCidr } from '../../linkerd/policy/address.ts';
import { isSpiffe, matchesIdentity } from '../../linkerd/policy/identity-pattern.ts';
import type { Proof, SampleCaller, Scope } from './sample-callers.ts';

/** Callers of one kind of proof, from all the places from which they gain. */
export type CallerClass = { readonly proof: Proof; readonly scopes: readonly Scope[] };

/** Of all callers that gain, those that no wider class holds: if everyone gains, nobody else is told. */
export function widestCallers(gaining: readonly SampleCaller[], clusterNetworks: readonly string[]): CallerClass[] {
  const isWithin = (scope: Scope) => typeof scope !== 'string' && isInCluster(scope, clusterNetworks);
  const holds = (wide: SampleCaller, narrow: SampleCaller): boolean =>
    wide !== narrow && proves(wide.proof, narrow.proof) && spans(wide.scope, narrow.scope, isWithin);
  const widest = gaining.filter((caller) => !gaining.some((other) => holds(other, caller)));
  const byProof = Map.groupBy(widest, ({ proof }) => JSON.stringify(proof));
  return [...byProof.values()].flatMap((callers) => {
    const [first] = callers;
    return first ? [{ proof: first.proof, scopes: callers.map(({ scope }) => scope) }] : [];
  });
}

function proves(wide: Proof, narrow: Proof): boolean {
  if (wide.kind === 'nothing') return true;
  if (wide.kind === 'mesh') return narrow.kind === 'mesh' || (narrow.kind !== 'nothing' && !isSpiffe(narrow.pattern));
  if (narrow.kind !== 'suffix' && narrow.kind !== 'identity') return false;
  if (wide.kind === 'identity') return wide.pattern === narrow.pattern;
  if (narrow.kind === 'identity') return matchesIdentity(wide.pattern, narrow.pattern);
  return narrow.pattern.slice(1).endsWith(wide.pattern.slice(1));
}

function spans(wide: Scope, narrow: Scope, isWithin: (scope: Scope) => boolean): boolean {
  if (typeof narrow === 'string') return wide === narrow;
  if (typeof wide === 'string') return (wide === 'inside') === isWithin(narrow);
  return wide.network === narrow.network;
}

const isInCluster = ({ cidr }: Exclude<Scope, string>, clusterNetworks: readonly string[]): boolean =>
  clusterNetworks.some((text) => {
    const block = parseCidr(text);
    return block !== undefined && covers(block, cidr);
  });
