import { hasPort } from '../../../linkerd/policy/port-ranges.ts';
import { doorsOf, isUnguarded } from '../../access/door.ts';
import { farEnds, seenCalls, seenInWords } from '../../access/seen-calls.ts';
import { callsNowSkipping } from '../../access/skipped-calls.ts';
import { annotationPlaces, touchedPlaces } from '../../access/touched-places.ts';
import { type TouchedWorkload, touchedWorkloads } from '../../access/touched-workloads.ts';
import type { GateRule, JudgedChange, Violation } from '../../rule.ts';

/** Ports and networks that pass by the proxy after the change, and did not before. */
export const skipsProxy: GateRule = {
  id: 'skips-proxy',
  group: 'mesh',
  title: 'nothing that is called or guarded passes by the proxy',
  severity: 'medium',
  rationale:
    'What skip-inbound-ports, skip-outbound-ports and skip-subnets list passes by the proxy: without mTLS, without identity, without policy and without metrics. Told are inbound ports that were called or that a Server claims, and outbound calls that were seen. Graver where mTLS or a Server is lost.',
  remedy:
    'Take the port or network off the list. A port whose server speaks first belongs into opaque-ports instead, which keeps mTLS and policy.',
  columns: ['direction', 'namespace', 'workload', 'kind', 'port', 'callers', 'callees', 'server'],
  judge: (judged) => {
    const found = touchedWorkloads(judged).flatMap((workload) => [
      ...inbound(judged, workload),
      ...outbound(judged, workload),
    ]);
    const first = new Map(found.toReversed().map((one) => [JSON.stringify(one.fingerprint), one]));
    return { caused: [...first.values()].reverse(), existing: [] };
  },
};

const IN = 'config.linkerd.io/skip-inbound-ports';
const OUT = ['config.linkerd.io/skip-outbound-ports', 'config.linkerd.io/skip-subnets'];

function inbound(judged: JudgedChange, workload: TouchedWorkload): Violation[] {
  const { namespace, kind, name, key, before, after, portsAfter } = workload;
  return [...portsAfter].flatMap((port): Violation[] => {
    const skipping = after.some(({ meshed, skipInbound }) => meshed !== false && hasPort(skipInbound, port));
    if (!skipping || !before.some((one) => !isUnguarded({ workload: one, port }))) return [];
    const calls = (seenCalls(judged).to.get(key) ?? []).filter((edge) => edge.port === port);
    const doors = [...doorsOf(judged.before, before, port), ...doorsOf(judged.after, after, port)];
    const server = doors.flatMap(({ policy }) => policy.server?.name ?? [])[0];
    if (calls.length === 0 && server === undefined) return [];
    const suffering = [
      ...(calls.length > 0 ? [`${seenInWords(calls, 'from')}, lose mTLS and policy`] : []),
      ...(server === undefined ? [] : [`Server ${namespace}/${server} guards it no more`]),
    ];
    return [
      {
        message: `port ${port} of ${kind} ${namespace}/${name} passes by the proxy${again(workload)}: ${suffering.join('; ')}; take ${port} off skip-inbound-ports`,
        severity: server !== undefined || calls.some(({ mTls }) => mTls) ? 'high' : 'medium',
        places: touchedPlaces(judged, annotationPlaces(judged, workload, IN)),
        fingerprint: ['inbound', namespace, kind, name, port],
        row: {
          direction: 'inbound',
          namespace,
          workload: name,
          kind,
          port,
          callers: farEnds(calls, 'from'),
          callees: [],
          server: server ?? null,
        },
      },
    ];
  });
}

function outbound(judged: JudgedChange, workload: TouchedWorkload): Violation[] {
  const { namespace, kind, name } = workload;
  const byPort = Map.groupBy(callsNowSkipping(judged, workload), ({ port }) => port);
  return [...byPort].map(([port, calls]) => ({
    message: `calls of ${kind} ${namespace}/${name} to port ${port} pass by its proxy${again(workload)}: ${seenInWords(calls, 'to')}, go without identity; take them off skip-outbound-ports and skip-subnets`,
    severity: calls.some(({ mTls }) => mTls) ? 'high' : 'medium',
    places: touchedPlaces(
      judged,
      OUT.flatMap((annotation) => annotationPlaces(judged, workload, annotation)),
    ),
    fingerprint: ['outbound', namespace, kind, name, port],
    row: {
      direction: 'outbound',
      namespace,
      workload: name,
      kind,
      port,
      callers: [],
      callees: farEnds(calls, 'to'),
      server: null,
    },
  }));
}

const again = ({ onceRecreated }: TouchedWorkload): string => (onceRecreated ? ' once its pods are created again' : '');
