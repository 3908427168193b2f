import type { Grant } from '../../grants.ts';
import type { GateRule, JudgedChange, Judgement, Place, Violation } from '../../rule.ts';
import { gravityOf, isSystemBinding, powersInWords, scopeInWords, stepped } from './gravity.ts';
import { accountOf, holds, powersHeld } from './held-powers.ts';
import { reachOf } from './reach.ts';

export const dangerousBinding: GateRule = {
  id: 'dangerous-binding',
  group: 'rbac',
  title: 'no ServiceAccount gains a dangerous power',
  severity: 'high',
  rationale:
    'Whoever gets into a pod acts as its ServiceAccount. With one of these powers that is the way to the rest: secrets, commands in pods, tokens, pods of one’s own, roles, Linkerd policy. Critical where it may do everything or give itself any role in the whole cluster, one step lower in one namespace, and one step graver where calls were seen and let in, directly or over others, from a workload the entity model calls exposed to one that runs as the account.',
  remedy:
    'Bind a role with only the verbs and resources the workload uses, by a RoleBinding in the namespace it needs them in.',
  columns: ['account', 'namespace', 'binding', 'role', 'powers', 'scope', 'reachedFrom'],
  judge: (judged) => judgement(judged),
};

function judgement(judged: JudgedChange): Judgement {
  const { before, after } = judged;
  const held = powersHeld(before.grants);
  const roles = new Map(before.grants.map(({ key, roleKey }) => [key, roleKey]));
  const result = { caused: [] as Violation[], existing: [] as Violation[] };
  for (const grant of after.grants) {
    const { subject, namespace, powers = [], key } = grant;
    if (subject.kind !== 'ServiceAccount' || powers.length === 0) continue;
    const gained = powers.filter((power) => !holds(held.get(accountOf(grant)), power, namespace));
    const field = roles.get(key) === grant.roleKey ? grant.field : 'roleRef';
    if (gained.length > 0) result.caused.push(toViolation(grant, gained, field, judged));
    else if (!isSystemBinding(grant.binding)) result.existing.push(toViolation(grant, powers, field, judged));
  }
  return result;
}

function toViolation(grant: Grant, powers: readonly string[], field: string, judged: JudgedChange): Violation {
  const { binding, namespace, role, key, roleKey } = grant;
  const account = accountOf(grant);
  const way = reachOf(judged)(account);
  const gravity = gravityOf(powers, namespace);
  const may = powersInWords(powers.includes('wildcard') ? ['wildcard'] : powers);
  const reached = way === undefined ? '' : `; it can be reached from outside (${way}), which makes it graver`;
  const places: Place[] = [
    { key, field },
    { key: roleKey, field: 'rules' },
  ];
  return {
    message: `${binding} lets ServiceAccount ${account} ${may} ${scopeInWords(namespace)} by ${role.kind} ${role.name}${reached}: bind no more than it uses`,
    severity: way === undefined ? gravity : stepped(gravity, -1),
    places,
    fingerprint: [key, account, ...powers],
    row: {
      account,
      namespace: grant.subject.namespace ?? null,
      binding,
      role: `${role.kind}/${role.name}`,
      powers: [...powers],
      scope: namespace ?? 'cluster',
      reachedFrom: way ?? null,
    },
  };
}
