import { covers } from '../../linkerd/policy/address.ts';
import { authorizeEgress } from '../../linkerd/policy/egress.ts';
import type { EgressNetwork } from '../../linkerd/policy/egress-network.ts';
import type { Verdict } from '../../linkerd/policy/verdict.ts';
import type { GateState } from '../gate-state.ts';
import {
  ANY_BYTES,
  ANY_HTTP,
  type Block,
  blocksOf,
  type EgressSample,
  egressSamples,
  isUnnamed,
} from './egress-samples.ts';
import type { EgressWay } from './egress-ways.ts';

/** `first` is one of what was asked for and gained. */
type Way = Omit<EgressWay, 'namespaces' | 'except'> & { readonly first: EgressSample };

/** What one namespace gains. */
export function namespaceWays(before: GateState, after: GateState, namespace: string): Omit<EgressWay, 'namespaces'>[] {
  const networks = [before, after].flatMap((state) => poolOf(state, namespace));
  const blocks = blocksOf(networks, after.policies.settings);
  const named = portsOf([before, after], networks);
  const free = Array.from({ length: named.length + 1 }, (_, i) => i + 1).find((port) => !named.includes(port)) ?? 1;
  const found = blocks.flatMap((block) => {
    const gainsAt = (port: number): Gained[] => gainsOf(before, after, { namespace, block, port });
    const everywhere = gainsAt(free);
    const ways = named.map((port) => toWay(block, port, gainsAt(port)));
    const generic = toWay(block, undefined, everywhere);
    return (generic ? [generic] : ways).flatMap((way) => way ?? []);
  });
  const widest = found.filter((way) => !found.some((other) => other !== way && holds(other, way)));
  return widest.map(({ first, ...way }) => {
    const shut = blocks.filter((block) => {
      const call = callTo({ namespace, block, port: way.port ?? free }, first);
      return isWithin(way.block, block) && authorizeEgress(after.policies, call, block.address).verdict === 'denied';
    });
    return { ...way, except: shut.map(({ text }) => text) };
  });
}

/** The networks that decide for clients of a namespace (reference 3.1). */
function poolOf({ policies: { egressNetworks, settings } }: GateState, namespace: string): readonly EgressNetwork[] {
  const own = egressNetworks.filter((one) => one.namespace === namespace);
  return own.length > 0 ? own : egressNetworks.filter((one) => one.namespace === settings.egressNamespace);
}

const routesAt = ({ policies }: GateState, port?: number) =>
  policies.egressRoutes.filter(({ parents }) =>
    parents.some((parent) => parent.kind === 'EgressNetwork' && (port === undefined || parent.port === port)),
  );

function portsOf(states: readonly GateState[], networks: readonly EgressNetwork[]): number[] {
  const names = new Set(networks.map(({ name }) => name));
  const ports = states
    .flatMap((state) => routesAt(state))
    .flatMap(({ parents }) =>
      parents.flatMap(({ name, port }) => (port !== undefined && names.has(name) ? [port] : [])),
    );
  return [...new Set(ports)].sort((a, b) => a - b);
}

type Gained = { readonly sample: EgressSample; readonly before: Verdict; readonly after: Verdict };
type At = { readonly namespace: string; readonly block: Block; readonly port: number };

function gainsOf(before: GateState, after: GateState, at: At): Gained[] {
  const { block, port } = at;
  const samples = [before, after].flatMap((state) => egressSamples(routesAt(state, port), state));
  const distinct = new Map(samples.map((sample) => [JSON.stringify(sample), sample]));
  return [...distinct.values()].flatMap((sample) => {
    const call = callTo(at, sample);
    const was = authorizeEgress(before.policies, call, block.address);
    if (was.verdict !== 'denied') return [];
    const is = authorizeEgress(after.policies, call, block.address);
    return mayPass(is) ? [{ sample, before: was, after: is }] : [];
  });
}

const callTo = ({ namespace, block, port }: At, { request, protocol }: EgressSample) => ({
  ...request,
  client: { namespace, meshed: true },
  server: { address: block.address },
  port,
  protocol,
});

/** Inside the cluster's networks no EgressNetwork means that nothing stands in the way of whatever has the address. */
const mayPass = ({ verdict, missing }: Verdict): boolean =>
  verdict === 'allowed' || (verdict === 'unknown' && missing.includes('server'));

function toWay(block: Block, port: number | undefined, gained: readonly Gained[]): Way | undefined {
  const [first] = gained;
  if (first === undefined) return undefined;
  const names = new Set(gained.map(({ sample }) => sample.shown));
  const { before, after, sample } = first;
  if (names.has(ANY_HTTP) && names.has(ANY_BYTES)) return { block, port, samples: [], before, after, first: sample };
  const samples = gained.map(({ sample }) => sample);
  return {
    block,
    port,
    samples: names.has(ANY_HTTP) ? samples.filter(isUnnamed) : samples,
    before,
    after,
    first: sample,
  };
}

const isWithin = (outer: Block, inner: Block): boolean => {
  if (outer === inner) return false;
  return outer.cidr === undefined ? !inner.isInside : inner.cidr !== undefined && covers(outer.cidr, inner.cidr);
};

/** Whether whoever may the one may the other too. */
function holds(wide: Way, narrow: Way): boolean {
  if (!isWithin(wide.block, narrow.block)) return false;
  const asked = new Set(wide.samples.map(({ shown }) => shown));
  const isAsked =
    asked.size === 0 || (narrow.samples.length > 0 && narrow.samples.every(({ shown }) => asked.has(shown)));
  return isAsked && (wide.port === undefined || wide.port === narrow.port);
}
