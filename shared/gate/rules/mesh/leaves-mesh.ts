import { behind } from '../../access/behind.ts';
import { farEnds, seenCalls, seenInWords } from '../../access/seen-calls.ts';
import { touchedPlaces, unmeshedPlaces } from '../../access/touched-places.ts';
import { nameOf, type TouchedWorkload, touchedWorkloads } from '../../access/touched-workloads.ts';
import type { GateRule, JudgedChange, Violation } from '../../rule.ts';

/** Pods that have a proxy before the change and none after it. */
export const leavesMesh: GateRule = {
  id: 'leaves-mesh',
  group: 'mesh',
  title: 'no workload leaves the mesh',
  severity: 'medium',
  rationale:
    'Without its proxy a workload has no identity and no mutual TLS, every policy on it counts for nothing, and callees that ask for its identity refuse it. Graver where calls with mTLS were seen or the workload holds data.',
  remedy:
    'Have the pods injected again: linkerd.io/inject: enabled on the pod template or its Namespace, and no hostNetwork.',
  columns: ['namespace', 'workload', 'kind', 'reason', 'callers', 'callees'],
  judge: (judged) => {
    const found = touchedWorkloads(judged).flatMap((workload) => {
      const reason = reasonOut(workload);
      return reason === undefined ? [] : [{ workload, reason }];
    });
    // What leaves as it is rolled out is not told once more for when its pods are created again.
    const first = new Map(found.toReversed().map((one) => [nameOf(one.workload), one]));
    return { caused: [...first.values()].reverse().map((one) => violation(judged, one)), existing: [] };
  },
};

/** Why it is out of the mesh now; undefined where it is not, or some of it was out before. */
function reasonOut({ before, after }: TouchedWorkload): string | undefined {
  const out = after.find(({ meshed }) => meshed === false);
  if (!out || !before.some(({ meshed }) => meshed)) return undefined;
  const wasPartlyOut = before.some(({ meshed }) => meshed === false);
  return wasPartlyOut && after.some(({ meshed }) => meshed) ? undefined : (out.unmeshedReason ?? 'no proxy');
}

const REMEDIES: Readonly<Record<string, string>> = {
  'host network': 'run it without hostNetwork',
  'injection disabled': 'take linkerd.io/inject: disabled away',
  'namespace not injected': 'set linkerd.io/inject: enabled on it or on its Namespace',
  'webhooks disabled in namespace': "let Linkerd's webhooks see the Namespace",
};

type Found = { readonly workload: TouchedWorkload; readonly reason: string };

function violation(judged: JudgedChange, { workload, reason }: Found): Violation {
  const { namespace, kind, name, key, onceRecreated } = workload;
  const calls = seenCalls(judged);
  const [incoming, outgoing] = [calls.to, calls.from].map((ends) => (ends.get(key) ?? []).filter(({ mTls }) => mTls));
  const [arriving, leaving] = [incoming ?? [], outgoing ?? []];
  const suffering = [
    ...(arriving.length > 0 ? [`${seenInWords(arriving, 'from')}, lose mTLS and all policy`] : []),
    ...(leaving.length > 0 ? [`its own ${seenInWords(leaving, 'to')}, lose their identity`] : []),
  ];
  const told = suffering.length > 0 ? suffering.join('; ') : 'no call with mTLS was seen';
  const grave = suffering.length > 0 || behind(judged, workload).dataClasses.length > 0;
  const once = onceRecreated ? ' once its pods are created again' : '';
  return {
    message: `${kind} ${namespace}/${name} leaves the mesh${once} (${reason}): ${told}; ${REMEDIES[reason] ?? 'have its pods injected'}`,
    severity: grave ? 'high' : 'medium',
    places: touchedPlaces(judged, unmeshedPlaces(judged, workload, reason)),
    fingerprint: [namespace, kind, name],
    row: {
      namespace,
      workload: name,
      kind,
      reason,
      callers: farEnds(arriving, 'from'),
      callees: farEnds(leaving, 'to'),
    },
  };
}
