import type { GateState } from '../gate-state.ts';
import type { Proof } from './sample-callers.ts';
import type { CallerClass } from './widest-callers.ts';

const ACCOUNT = /^([^.]+)\.([^.]+)\.serviceaccount\.identity\./;

/** The namespace an identity, or every identity of a pattern, belongs to. */
export function namespaceOfProof(proof: Proof): string | undefined {
  if (proof.kind === 'nothing' || proof.kind === 'mesh') return undefined;
  return ACCOUNT.exec(proof.pattern)?.[2];
}

/** The one workload that carries an identity, as `namespace/name`; undefined where none or several do. */
export function soleCarriers({ workloads }: GateState): (identity: string) => string | undefined {
  const carriers = new Map<string, Set<string>>();
  for (const { namespace, name, instances } of workloads) {
    for (const { identity } of instances) {
      if (identity === undefined) continue;
      const known = carriers.get(identity);
      if (known) known.add(`${namespace}/${name}`);
      else carriers.set(identity, new Set([`${namespace}/${name}`]));
    }
  }
  return (identity) => {
    const [only, ...others] = carriers.get(identity) ?? [];
    return others.length === 0 ? only : undefined;
  };
}

/** `anybody`, `every meshed workload`, `namespace shop`, `shop/web`, `network 10.1.0.0/16`: one a place they gain from. */
export function whoNames(
  { proof, scopes }: CallerClass,
  carrierOf: (identity: string) => string | undefined,
): string[] {
  const [inside, outside] = [scopes.includes('inside'), scopes.includes('outside')];
  const networks = scopes.flatMap((scope) => (typeof scope === 'string' ? [] : [scope.network]));
  if (proof.kind === 'nothing') {
    const part = inside ? 'anybody in the cluster' : 'anybody outside the cluster';
    const generic = inside && outside ? ['anybody'] : inside || outside ? [part] : [];
    return [...generic, ...networks.map((network) => `network ${network}`)];
  }
  const name = proofName(proof, carrierOf);
  const generic = inside ? [name] : outside ? [`${name} from outside the cluster`] : [];
  return [...generic, ...networks.map((network) => `${name} from ${network}`)];
}

function proofName(
  proof: Exclude<Proof, { kind: 'nothing' }>,
  carrierOf: (identity: string) => string | undefined,
): string {
  if (proof.kind === 'mesh') return 'every meshed workload';
  const [, account, namespace] = ACCOUNT.exec(proof.pattern) ?? [];
  if (proof.kind === 'suffix') return namespace ? `namespace ${namespace}` : `identities ${proof.pattern}`;
  const carrier = carrierOf(proof.pattern);
  return carrier ?? (account ? `ServiceAccount ${namespace}/${account}` : `identity ${proof.pattern}`);
}
