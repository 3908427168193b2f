import type { Severity } from '../../../checks/check.ts';
import type { Grant } from '../../grants.ts';
import { stateRule, type Violation } from '../../rule.ts';
import { isSystemBinding, powersInWords, scopeInWords, stepped } from './gravity.ts';

export const anonymousSubject = stateRule({
  id: 'anonymous-subject',
  group: 'rbac',
  title: 'no role is bound to everybody',
  severity: 'critical',
  rationale:
    'system:anonymous and system:unauthenticated are everybody who reaches the API server; system:authenticated is everybody with any account of the cluster or of its identity provider, and system:serviceaccounts every pod there is (Kubernetes, authentication and RBAC). Those who show nothing: critical, in one namespace high. Those who show anything: high, and only for dangerous powers. Bindings of Kubernetes itself (system:…) that the change leaves alone are left out.',
  remedy: 'Bind the role to the people or the ServiceAccounts that need it.',
  columns: ['subject', 'binding', 'namespace', 'role', 'powers'],
  violations: (state, { laid }) =>
    state.grants.flatMap((grant) => {
      if (isSystemBinding(grant.binding) && (laid.given.get(grant.key)?.fate ?? 'unchanged') === 'unchanged') return [];
      const crowd = crowdOf(grant.subject.name);
      if (grant.subject.kind === 'ServiceAccount' || crowd === undefined) return [];
      if (!crowd.always && (grant.powers ?? []).length === 0) return [];
      return [toViolation(grant, crowd)];
    }),
});

type Crowd = { readonly who: string; readonly always: boolean; readonly severity: Severity };

/** Who is meant by a name of Kubernetes for many; `always`: whatever the role. */
function crowdOf(name: string): Crowd | undefined {
  if (name === 'system:anonymous' || name === 'system:unauthenticated') {
    return { who: 'everybody who reaches the API server', always: true, severity: 'critical' };
  }
  if (name === 'system:authenticated') {
    return { who: 'everybody with any account', always: false, severity: 'high' };
  }
  const [, namespace] = /^system:serviceaccounts(?::(.+))?$/.exec(name) ?? [];
  if (!name.startsWith('system:serviceaccounts')) return undefined;
  const who = namespace === undefined ? 'every pod of the cluster' : `every pod of namespace ${namespace}`;
  return { who, always: false, severity: 'high' };
}

function toViolation(grant: Grant, { who, severity }: Crowd): Violation {
  const { subject, binding, namespace, role, powers = [], key, roleKey, field } = grant;
  const may =
    powers.length > 0 ? `, who may then ${powersInWords(powers.includes('wildcard') ? ['wildcard'] : powers)}` : '';
  return {
    message: `${binding} gives ${role.kind} ${role.name} ${scopeInWords(namespace)} to ${subject.name}: ${who}${may}; name those who need it`,
    severity: namespace === undefined ? severity : stepped(severity, 1),
    places: [
      { key, field },
      { key: roleKey, field: 'rules' },
    ],
    fingerprint: [key, roleKey, subject.name],
    row: {
      subject: subject.name,
      binding,
      namespace: namespace ?? null,
      role: `${role.kind}/${role.name}`,
      powers: [...powers],
    },
  };
}
