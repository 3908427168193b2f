import { namespacedKey } from '../../domain/keys.ts';
import type { Client } from '../../linkerd/policy/call.ts';
import { namespaceOf } from '../../linkerd/policy/policy-object.ts';
import { clientOf } from '../../linkerd/policy/policy-set.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import type { JudgedChange } from '../rule.ts';
import { movedTo, type Succession, successions } from './successions.ts';

/** Somebody who calls, before and after, addresses left out: they are facts of their own. */
export type Caller = {
  readonly name: string | null;
  readonly before: Client;
  readonly after: readonly Client[];
  /** Its addresses as far as they are known. */
  readonly addresses: readonly string[];
  readonly recreated: boolean;
};

export type CallEnds = {
  /** Pods of a workload by its key; none where nothing tells of them. */
  readonly pods: (key: string) => readonly Succession[];
  /** Nobody where the change deletes all who call. */
  readonly callers: (edge: Edge) => readonly Caller[];
  /** Keys of the workloads that stand at the calling end. */
  readonly callerKeys: (edge: Edge) => readonly string[];
};

/** Finds who stands at both ends of calls, before and after a change. */
export function callEnds(judged: JudgedChange): CallEnds {
  const { baseline, before, laid } = judged;
  const pods = successions(judged);
  const moved = movedTo(judged);
  const holders = new Map<string, Set<string>>();
  for (const { namespace, kind, name, instances } of before.workloads) {
    for (const { identity } of instances) {
      if (identity === undefined) continue;
      const keys = holders.get(identity) ?? new Set();
      holders.set(identity, keys.add(namespacedKey(baseline.cluster, namespace, kind, name)));
    }
  }
  const deleted = new Set(
    [...laid.removed.values()].map((object) =>
      namespacedKey(baseline.cluster, namespaceOf(object), object.kind, object.metadata.name),
    ),
  );
  const callerKeys = ({ from }: Edge): readonly string[] =>
    from.label === 'Identity' ? [...(holders.get(from.name) ?? [])] : [from.key];
  const standing = (key: string, is: (pod: Workload) => boolean): Caller[] =>
    pods(key)
      .filter(({ calling }) => is(calling))
      .flatMap((one) => callerOf(one, moved(key.split('/').slice(-2).join('/'))));
  const callers = (edge: Edge): readonly Caller[] => {
    const { from } = edge;
    if (from.label === 'Unauthenticated') return [stranger({ meshed: false })];
    const keys = callerKeys(edge);
    const isKnown = keys.some((key) => pods(key).length > 0);
    if (!isKnown) return deleted.has(from.key) ? [] : [stranger(asSeen(edge))];
    return keys.flatMap((key) => standing(key, (pod) => from.label !== 'Identity' || pod.identity === from.name));
  };
  return { pods, callers, callerKeys };
}

const stranger = (client: Client): Caller => ({
  name: null,
  before: client,
  after: [client],
  addresses: [],
  recreated: false,
});

/** What it showed is all there is of what does not run now, as a CronJob between two runs. */
function asSeen({ from, identity, mTls }: Edge): Client {
  if (from.label === 'Identity') return { meshed: true, identity: from.name };
  const [namespace] = from.name.split('/');
  return {
    ...(namespace === undefined ? {} : { namespace }),
    meshed: mTls || identity !== null,
    ...(identity === null ? {} : { identity }),
  };
}

function callerOf({ calling, callingAfter, addresses, recreated }: Succession, moved: readonly Workload[]): Caller[] {
  const heirs = callingAfter.length > 0 ? callingAfter : moved;
  if (heirs.length === 0) return [];
  return [{ name: calling.name, before: unaddressed(calling), after: heirs.map(unaddressed), addresses, recreated }];
}

const unaddressed = (pod: Workload): Client => clientOf({ ...pod, addresses: [] });
