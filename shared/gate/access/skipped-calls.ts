import { oncePer } from '../../domain/once-per.ts';
import { workloadKey } from '../../linkerd/explain/observed.ts';
import { skipsProxy } from '../../linkerd/policy/arrival.ts';
import { namespaceOf } from '../../linkerd/policy/policy-object.ts';
import { clientOf } from '../../linkerd/policy/policy-set.ts';
import type { Workload } from '../../linkerd/policy/workload.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import type { JudgedChange } from '../rule.ts';
import { servicePorts, serviceSpec } from '../service-ports.ts';
import { seenCalls } from './seen-calls.ts';
import type { TouchedWorkload } from './touched-workloads.ts';

/** Calls seen of a workload that its own proxy sent, and will not send any more. */
export function callsNowSkipping(judged: JudgedChange, { key, before, after }: TouchedWorkload): Edge[] {
  const [then, now] = [before, after].map((side) => side.filter(({ meshed }) => meshed !== false));
  if (!then?.length || !now?.some(skipsAnything)) return [];
  return (seenCalls(judged).from.get(key) ?? []).filter((edge) => {
    const targets = targetsOf(judged, edge);
    return now.some((caller) => skips(caller, targets)) && then.some((caller) => !skips(caller, targets));
  });
}

const skipsAnything = ({ skipOutbound, skipSubnets }: Workload): boolean =>
  skipOutbound.length + skipSubnets.length > 0;

/** What iptables may see called: the workload itself, or a Service in front of it. */
type Target = { readonly port: number; readonly addresses: readonly string[] };

const skips = (caller: Workload, targets: readonly Target[]): boolean =>
  targets.some(({ port, addresses }) => skipsProxy(clientOf(caller), port, addresses));

function targetsOf(judged: JudgedChange, { to, port }: Edge): Target[] {
  const { workloads, services } = callees(judged);
  const callee = workloads.get(to.key);
  if (callee === undefined) return [{ port, addresses: [to.name] }];
  const fronts = (services.get(callee.namespace) ?? []).flatMap((service): Target[] => {
    const { clusterIP } = serviceSpec(service);
    const ports = new Set(callee.instances.flatMap((instance) => servicePorts(service, instance, port)));
    return [...ports].map((own) => ({ port: own, addresses: clusterIP ? [clusterIP] : [] }));
  });
  return [{ port, addresses: callee.instances.flatMap(({ addresses }) => addresses) }, ...fronts];
}

const callees = oncePer(({ baseline, before }: JudgedChange) => ({
  workloads: new Map(before.workloads.map((workload) => [workloadKey(baseline.cluster, workload), workload])),
  services: Map.groupBy(
    before.objects.filter(({ kind }) => kind === 'Service'),
    namespaceOf,
  ),
}));
