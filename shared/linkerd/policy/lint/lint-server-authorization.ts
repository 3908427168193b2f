import type { PolicyObject } from '../policy-object.ts';
import { type LintFinding, odd, refused } from './finding.ts';
import { lintNetworks } from './lint-networks.ts';

type Client = {
  readonly unauthenticated?: boolean;
  readonly networks?: readonly object[] | null;
  readonly meshTLS?: {
    readonly unauthenticatedTLS?: boolean;
    readonly identities?: readonly string[] | null;
    readonly serviceAccounts?: readonly object[] | null;
  } | null;
};
type Spec = {
  readonly server?: { readonly name?: string | null; readonly selector?: object | null };
  readonly client?: Client;
};

/** Reference 3.7 and oracle 14: what admits nobody is taken all the same. */
export function lintServerAuthorization({ spec }: PolicyObject): LintFinding[] {
  const { server, client } = (spec ?? {}) as Spec;
  const [name, selector] = [server?.name != null, server?.selector != null];
  return [
    ...(name === selector
      ? [refused('spec.server', `expected one of name and selector, got ${name ? 'both' : 'neither'}`)]
      : []),
    ...(client ? lintClient(client) : [refused('spec.client', 'it is required')]),
  ];
}

function lintClient({ unauthenticated, networks, meshTLS }: Client): LintFinding[] {
  const found = lintNetworks(networks ?? [], 'spec.client.networks');
  const named = (meshTLS?.identities?.length ?? 0) + (meshTLS?.serviceAccounts?.length ?? 0);
  if (unauthenticated && meshTLS) {
    return [...found, refused('spec.client', 'unauthenticated clients and meshTLS exclude each other')];
  }
  if (meshTLS?.unauthenticatedTLS && named > 0) {
    const message = 'unauthenticatedTLS must be false where identities or serviceAccounts are listed';
    return [...found, refused('spec.client.meshTLS', message)];
  }
  const admits = unauthenticated || meshTLS?.unauthenticatedTLS || named > 0;
  const nobody =
    'it names no way to authenticate and so admits nobody: set unauthenticated, or identities under meshTLS';
  return admits ? found : [...found, odd(meshTLS ? 'spec.client.meshTLS' : 'spec.client', nobody)];
}
