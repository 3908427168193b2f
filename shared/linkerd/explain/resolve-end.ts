import { nearest } from '../../domain/configuration/nearest.ts';
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import { resolveReference } from '../../questions/reference/resolve.ts';
import { parseAddress } from '../policy/address.ts';
import type { Client } from '../policy/call.ts';
import { clientOf } from '../policy/policy-set.ts';
import type { Workload } from '../policy/workload.ts';
import type { KnownWorkload } from './known-workloads.ts';
import type { MeshState } from './mesh-state.ts';

/** One end of a call as it was named. */
export type End = {
  readonly shown: string;
  readonly workload?: KnownWorkload;
  readonly identity?: string;
  readonly address?: string;
  readonly unmeshed?: true;
};

/**
 * `ns/name`, `ns/kind/name`, `identity:NAME`, `ip:ADDR` or `unmeshed`. Throws NotFoundError with the nearest names for
 * what is not known, InvalidInputError for what can mean several things or nothing.
 */
export function resolveEnd(state: MeshState, text: string): End {
  if (text === 'unmeshed') return { shown: 'a caller without mesh', unmeshed: true };
  if (text.startsWith('identity:')) return ofIdentity(state, text.slice('identity:'.length));
  if (text.startsWith('ip:')) return ofAddress(state, text.slice('ip:'.length));
  if (!text.includes('/')) {
    throw new InvalidInputError(
      `"${text}" names no end of a call: write namespace/name, namespace/kind/name, identity:NAME, ip:ADDRESS or unmeshed`,
    );
  }
  const all = [...state.workloads, ...podsOf(state)];
  const candidates = all.map(({ namespace, kind, name }, index) => ({
    label: kind === 'Pod' ? 'Pod' : 'Workload',
    key: String(index),
    namespace,
    kind,
    name,
  }));
  const { key } = resolveReference(text, candidates, ['Workload', 'Pod'], state.source);
  const workload = all[Number(key)] as KnownWorkload;
  return { shown: `${workload.namespace}/${workload.name}`, workload };
}

/** The called end. Throws InvalidInputError too for what can only call. */
export function resolveCallee(state: MeshState, text: string): End {
  if (text === 'unmeshed') throw new InvalidInputError('"unmeshed" can only call: name the workload that is called');
  return resolveEnd(state, text);
}

/** The pods of workloads of another name, each as a workload of its own. */
const podsOf = ({ workloads }: MeshState): KnownWorkload[] =>
  workloads.flatMap(({ ports, instances, ...owner }) =>
    instances
      .filter(({ kind, name }) => kind === 'Pod' && !(owner.kind === 'Pod' && owner.name === name))
      .map((pod) => ({ namespace: pod.namespace, kind: 'Pod', name: pod.name, instances: [pod], ports })),
  );

function ofIdentity(state: MeshState, identity: string): End {
  const holders = state.workloads.filter(({ instances }) => instances.some((one) => one.identity === identity));
  const [first] = holders;
  if (first) return { shown: identity, identity, workload: together(holders, (one) => one.identity === identity) };
  const known = state.workloads.flatMap(({ instances }) => instances.flatMap((one) => one.identity ?? []));
  const close = nearest(identity, [...new Set(known)]);
  const hint =
    close === undefined
      ? 'identities are written like web.shop.serviceaccount.identity.linkerd.cluster.local'
      : `did you mean ${close}?`;
  throw new NotFoundError(`no workload of ${state.source} carries the identity "${identity}"; ${hint}`);
}

function ofAddress(state: MeshState, address: string): End {
  if (parseAddress(address) === undefined)
    throw new InvalidInputError(`"${address}" is no IP address: write ip:10.1.2.3`);
  const holders = state.workloads.filter(({ instances }) => instances.some((one) => one.addresses.includes(address)));
  if (holders.length === 0) return { shown: address, address };
  return { shown: address, address, workload: together(holders, (one) => one.addresses.includes(address)) };
}

function together(holders: readonly KnownWorkload[], is: (one: Workload) => boolean): KnownWorkload {
  const [first] = holders as readonly [KnownWorkload, ...KnownWorkload[]];
  return {
    ...first,
    instances: holders.flatMap(({ instances }) => instances.filter(is)),
    ports: [...new Set(holders.flatMap(({ ports }) => ports))].sort((a, b) => a - b),
  };
}

/** Who may stand at the calling end: each pod of it, or the one caller it describes. */
export function clientsOf({ workload, address, unmeshed }: End): readonly { name: string | null; client: Client }[] {
  if (workload) {
    return workload.instances.map((one) => ({
      name: one.name,
      client: address === undefined ? clientOf(one) : { ...clientOf(one), address },
    }));
  }
  if (unmeshed) return [{ name: null, client: { meshed: false } }];
  // Every pod of the mesh is known by its address: this is none.
  return [{ name: null, client: { meshed: false, ...(address === undefined ? {} : { address }) } }];
}
