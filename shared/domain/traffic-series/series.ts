import { externalKey, identityKey, namespacedKey, unauthenticatedKey } from '../keys.ts';
import type { Arrival, Call, Callee } from '../observation.ts';
import type { Layer } from './slot.ts';

/** One end of a traffic relationship, with the properties a node known only to traffic can have. */
export type End = { readonly label: string; readonly key: string; readonly props: Readonly<Record<string, string>> };

/** What makes a traffic relationship one of its own, whatever the bucket: layer, ends and `props` together. */
export type Series = {
  readonly layer: Layer;
  readonly from: End;
  readonly to: End;
  readonly props: Readonly<Record<string, string | number>>;
};

/** The series of a row the caller's proxy told. */
export function seriesOfCall(cluster: string, call: Call): Series {
  return {
    layer: 'CALLED',
    from: workloadEnd(cluster, call.caller),
    to: calleeEnd(cluster, call.callee),
    props: present({
      port: call.port,
      protocol: call.protocol,
      tls: call.tls,
      noTlsReason: call.noTlsReason,
      serverIdentity: call.serverIdentity,
      service: call.service && `${call.service.namespace}/${call.service.name}`,
      egressNetwork: call.egressNetwork && `${call.egressNetwork.namespace}/${call.egressNetwork.name}`,
    }),
  };
}

/** The series of a row the called side's proxy told. */
export function seriesOfArrival(cluster: string, arrival: Arrival): Series {
  const policy = (ref: { kind: string; name: string } | undefined) => ref && `${ref.kind}/${ref.name}`;
  return {
    layer: 'ARRIVED_AT',
    from: arrival.identity === undefined ? unauthenticatedEnd(cluster) : identityEnd(cluster, arrival.identity),
    to: workloadEnd(cluster, arrival.workload),
    props: present({
      port: arrival.port,
      protocol: arrival.protocol,
      tls: arrival.tls,
      noTlsReason: arrival.noTlsReason,
      verdict: arrival.verdict,
      server: policy(arrival.server),
      route: policy(arrival.route),
      authorization: policy(arrival.authorization),
      rateLimit: policy(arrival.rateLimit),
    }),
  };
}

/** The text whose digest names the series: equal series give equal texts, different ones different texts. */
export function seriesText({ layer, from, to, props }: Series): string {
  const sorted = Object.entries(props).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([layer, from.label, from.key, to.label, to.key, sorted]);
}

function calleeEnd(cluster: string, callee: Callee): End {
  switch (callee.type) {
    case 'workload':
      return workloadEnd(cluster, callee);
    case 'service':
      return namespacedEnd(cluster, 'Service', callee, {});
    case 'externalWorkload':
      return namespacedEnd(cluster, 'ExternalWorkload', callee, { kind: 'ExternalWorkload' });
    case 'egressNetwork':
      return namespacedEnd(cluster, 'EgressNetwork', callee, { kind: 'EgressNetwork' });
    case 'external': {
      const { address } = callee;
      return { label: 'External', key: externalKey(cluster, address), props: { cluster, name: address, address } };
    }
  }
}

type Name = { readonly namespace: string; readonly name: string };

function workloadEnd(cluster: string, { namespace, kind, name }: Name & { readonly kind: string }): End {
  return {
    label: 'Workload',
    key: namespacedKey(cluster, namespace, kind, name),
    props: { cluster, namespace, kind, name },
  };
}

function namespacedEnd(cluster: string, label: string, { namespace, name }: Name, more: Record<string, string>): End {
  return { label, key: namespacedKey(cluster, namespace, label, name), props: { cluster, namespace, name, ...more } };
}

function identityEnd(cluster: string, name: string): End {
  const form = name.startsWith('spiffe://') ? 'spiffe' : 'dns';
  return { label: 'Identity', key: identityKey(cluster, name), props: { cluster, name, form } };
}

function unauthenticatedEnd(cluster: string): End {
  return { label: 'Unauthenticated', key: unauthenticatedKey(cluster), props: { cluster, name: 'unauthenticated' } };
}

function present(props: Record<string, string | number | undefined>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(props).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}
