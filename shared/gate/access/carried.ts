import { oncePer } from '../../domain/once-per.ts';
import type { JudgedChange } from '../rule.ts';
import { carriers } from '../rules/policy/carriers.ts';
import { linkedTails, ownTail, tailOf } from '../rules/policy/trust-domains.ts';
import { accountsAreTold } from '../service-accounts.ts';
import { stateIndex } from '../state-index.ts';
import type { Proof } from './sample-callers.ts';

/** Whether anybody can show such a proof after the change: a list may name who is not there (unknown-identity tells of it). */
export const isCarried = oncePer((judged: JudgedChange): ((proof: Proof) => boolean) => {
  const { after } = judged;
  const known = carriers(after);
  const tails = new Set([ownTail(after.policies.settings), ...linkedTails(stateIndex(after))]);
  const isTold = accountsAreTold(judged) && !known.isShared;
  return (proof) => {
    if (proof.kind === 'nothing' || proof.kind === 'mesh') return true;
    const tail = tailOf(proof.pattern);
    if (tail !== undefined && !tails.has(tail)) return false;
    return !isTold || known.nobody({ kind: 'identity', text: proof.pattern }) === undefined;
  };
});
