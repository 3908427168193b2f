import { fieldSteps } from '../../kubernetes/manifests/field-line.ts';
import { INJECT_ANNOTATION } from '../../kubernetes/proxy.ts';
import type { WorkloadName } from '../../linkerd/explain/known-workloads.ts';
import { podTemplate } from '../../linkerd/policy/pod-workload.ts';
import { annotationField } from '../access/pod-field.ts';
import { podPlaces } from '../access/touched-places.ts';
import type { JudgedChange, Place } from '../rule.ts';
import { sameFields } from '../same-fields.ts';
import { OPAQUE_PORTS } from './fronts.ts';

const ANNOTATIONS = [
  INJECT_ANNOTATION,
  ...[
    'skip-inbound-ports',
    'skip-outbound-ports',
    'skip-subnets',
    'opaque-ports',
    'default-inbound-policy',
    'proxy-require-identity-inbound-ports',
  ].map((name) => `config.linkerd.io/${name}`),
].map(annotationField);

/** What of an object decides over calls, by kind. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Server: ['spec.accessPolicy', 'spec.proxyProtocol', 'spec.port', 'spec.podSelector', 'spec.externalWorkloadSelector'],
  AuthorizationPolicy: ['spec.requiredAuthenticationRefs', 'spec.targetRef'],
  ServerAuthorization: ['spec.client', 'spec.server'],
  MeshTLSAuthentication: ['spec.identities', 'spec.identityRefs'],
  NetworkAuthentication: ['spec.networks'],
  EgressNetwork: ['spec.trafficPolicy', 'spec.networks'],
  Namespace: ANNOTATIONS,
  Service: [annotationField(OPAQUE_PORTS)],
};
const ROUTE_FIELDS = ['spec.rules', 'spec.parentRefs', 'spec.hostnames'];
const POD_FIELDS = [...ANNOTATIONS, 'spec.hostNetwork', 'spec.serviceAccountName', 'metadata.labels'];

/** Where the change alters what an object says about calls: its fields, or the whole of one it brings or deletes. */
export function changedPlaces({ before, laid }: JudgedChange, key: string): Place[] {
  const given = laid.given.get(key);
  const old = before.byKey.get(key);
  if (given === undefined) return laid.removed.has(key) ? [{ key }] : [];
  if (given.fate === 'unchanged') return [];
  if (old === undefined) return [{ key }];
  const { object } = given.placed;
  const changed = changedFields(old, object, FIELDS[object.kind] ?? ROUTE_FIELDS);
  return changed.length > 0 ? changed.map((field) => ({ key, field })) : [{ key }];
}

/** Where the change alters who the pods of a workload are, how they are meshed and how they are told apart. */
export function changedPodPlaces(judged: JudgedChange, workload: WorkloadName, pod: string | null): Place[] {
  const { before, laid } = judged;
  const { namespace } = workload;
  const [manifest] = podPlaces(judged, workload, '');
  const given = manifest && laid.given.get(manifest.key);
  if (given === undefined || given.fate === 'unchanged') {
    const removed = [...GROUPS].map((group) => `${workload.kind}.${group}/${namespace}/${workload.name}`);
    return removed.flatMap((key) => (laid.removed.has(key) ? [{ key }] : []));
  }
  const stored = before.byKey.get(manifest?.key ?? '');
  const old = (stored && podTemplate(stored)) ?? before.byKey.get(`Pod./${namespace}/${pod}`);
  const now = podTemplate(given.placed.object) ?? given.placed.object;
  return changedFields(old, now, POD_FIELDS).flatMap((field) => podPlaces(judged, workload, field));
}

const GROUPS = ['apps', 'batch', '', 'workload.linkerd.io'];

/** Of a list the first item that was not there. */
const changedFields = (old: unknown, now: unknown, fields: readonly string[]): string[] =>
  fields.flatMap((field) => {
    const [was, is] = [valueAt(old, field), valueAt(now, field)];
    if (sameFields(was, is)) return [];
    if (!Array.isArray(is) || !Array.isArray(was)) return [field];
    const fresh = is.findIndex((item) => !was.some((one) => sameFields(one, item)));
    return [fresh < 0 ? field : `${field}[${fresh}]`];
  });

const valueAt = (object: unknown, field: string): unknown =>
  fieldSteps(field).reduce((value: unknown, step) => (value as Record<string, unknown> | undefined)?.[step], object);
