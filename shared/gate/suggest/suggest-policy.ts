import { nearest } from '../../domain/configuration/nearest.ts';
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import { type MeshState, meshState } from '../../linkerd/explain/mesh-state.ts';
import { indexPolicies } from '../../linkerd/policy/index-policies.ts';
import type { PolicyObject } from '../../linkerd/policy/policy-object.ts';
import type { PolicySet } from '../../linkerd/policy/policy-set.ts';
import type { Baseline } from '../baseline.ts';
import { objectKey } from '../object-key.ts';
import { knownCallers } from './admission-of.ts';
import { admitPort } from './admit-port.ts';
import { cannotKnow } from './cannot-know.ts';
import { guardedPorts } from './guarded-ports.ts';
import { seenCallers } from './seen-callers.ts';
import { servedPorts } from './suggested-server.ts';
import type { Suggestion } from './suggestion.ts';

/**
 * The least policy that admits the calls seen into a namespace, or into all but the control plane's: Servers for ports that
 * have none, and who was let in to each. What is guarded already stays. Throws NotFoundError for a namespace nobody knows.
 */
export function suggestPolicy(baseline: Baseline, namespace?: string): Suggestion {
  const { cluster, settings, objects, traffic } = baseline;
  const state = meshState({
    objects,
    options: { settings, trustStatus: false },
    named: baseline.workloads,
    source: cluster,
  });
  const isWanted = wanted(state, settings.controlPlaneNamespace, namespace);
  const seen = seenCallers(baseline, state.workloads, isWanted);
  const callers = knownCallers(state.workloads);
  const guarded = guardedPorts(state, seen.ports, callers);
  const served = servedPorts(guarded.ports, objects);
  const after = closedBy(
    state,
    served.map(({ server }) => server),
  );
  const outcomes = served.map((port) => admitPort(port, { settings, after, callers }));
  return {
    cluster,
    since: traffic.since,
    at: traffic.at,
    coveredMs: traffic.coveredMs,
    ports: seen.ports.length,
    objects: outcomes.flatMap((outcome) => outcome.objects),
    admitted: outcomes.flatMap((outcome) => outcome.admitted),
    unknown: cannotKnow({ baseline, state, seen, guarded, served, outcomes, namespace }),
  };
}

/** The mesh with every Server suggested, and none of the policies. What is changed keeps its age, which decides (reference 3.3). */
function closedBy({ objects, options }: MeshState, servers: readonly PolicyObject[]): PolicySet {
  const changed = new Map(servers.map((server) => [objectKey(server), server]));
  const closed = objects.map((object) => {
    const { spec } = changed.get(objectKey(object)) ?? object;
    return spec === object.spec ? object : { ...object, spec };
  });
  const known = new Set(objects.map(objectKey));
  return indexPolicies([...closed, ...servers.filter((server) => !known.has(objectKey(server)))], options);
}

function wanted({ objects, workloads }: MeshState, controlPlane: string, namespace: string | undefined) {
  if (namespace === undefined) return (name: string): boolean => name !== controlPlane;
  if (namespace === controlPlane) {
    throw new InvalidInputError(
      `${controlPlane} is Linkerd's control plane, which every new pod has to reach: what was seen is never all it must admit`,
    );
  }
  const known = new Set([
    ...objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? [metadata.name] : [])),
    ...workloads.map((workload) => workload.namespace),
  ]);
  if (known.has(namespace)) return (name: string): boolean => name === namespace;
  const near = nearest(namespace, [...known].sort());
  throw new NotFoundError(
    `there is no namespace "${namespace}"${near ? `; did you mean ${near}?` : `; known are ${[...known].sort().join(', ')}`}`,
  );
}
