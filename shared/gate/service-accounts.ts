import type { GateState } from './gate-state.ts';
import type { JudgedChange } from './rule.ts';
import { stateIndex } from './state-index.ts';

export const SERVICE_ACCOUNT = 'ServiceAccount.';

export const accountKey = (namespace: string, name: string): string => `${SERVICE_ACCOUNT}/${namespace}/${name}`;

/** Whether a ServiceAccount is there. `default` comes with its namespace. */
export const accountExists = ({ byKey }: GateState, namespace: string, name: string): boolean =>
  byKey.has(accountKey(namespace, name)) || (name === 'default' && byKey.has(`Namespace./-/${namespace}`));

/** Whether the baseline tells which ServiceAccounts there are: what it does not tell cannot be missing. */
export function accountsAreTold({ baseline, before }: JudgedChange): boolean {
  if (baseline.unread.includes('serviceaccounts')) return false;
  return baseline.objects.length === 0 || stateIndex(before).of(SERVICE_ACCOUNT).length > 0;
}

/** What may have been meant: a like name in the namespace, else the same name in another. */
export function nearAccount(state: GateState, namespace: string, name: string): string | undefined {
  const index = stateIndex(state);
  const near = index.near(SERVICE_ACCOUNT, namespace, name);
  if (near !== undefined) return `${namespace}/${near}`;
  const [other] = index.elsewhere(SERVICE_ACCOUNT, namespace, name);
  return other && `${other}/${name}`;
}
