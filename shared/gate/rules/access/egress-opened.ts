import type { Severity } from '../../../checks/check.ts';
import { workloadKey } from '../../../linkerd/explain/observed.ts';
import { routeKey } from '../../access/sample-requests.ts';
import { changedPlaces } from '../../calls/changed-places.ts';
import { type EgressWay, egressWays } from '../../egress/egress-ways.ts';
import { NO_FACTS } from '../../entity-facts.ts';
import type { Opened } from '../../report.ts';
import type { GateRule, JudgedChange, Place, Violation } from '../../rule.ts';
import { stepped } from '../rbac/gravity.ts';

export const egressOpened: GateRule = {
  id: 'egress-opened',
  group: 'access',
  title: 'no namespace gains a way out of the cluster',
  severity: 'medium',
  rationale:
    'An EgressNetwork that denies holds what gets into a pod inside the cluster. One that is deleted or allows, an own one of a namespace in place of the global one, and a route that takes what was denied let it out, and no request fails to tell of it (reference 3.1, oracle 10). Told of the namespaces with meshed workloads it decides for, and only the widest that is gained. High where these workloads hold data; one step lower for a single address, or where routes let out only some requests.',
  remedy:
    'Keep trafficPolicy: Deny and let out the hosts that are needed by routes. If the way out is meant, accept it as an exception with a reason.',
  columns: ['who', 'namespaces', 'to', 'hosts', 'port', 'requests', 'network', 'dataClasses'],
  judge: (judged) => ({ caused: egressWays(judged).map((way) => violation(judged, way)), existing: [] }),
};

/** The same for the report. */
export const openedEgress = (judged: JudgedChange): Opened[] =>
  egressWays(judged).map((way) => ({
    who: whoOf(way),
    to: toOf(way),
    port: way.port ?? null,
    dataClasses: heldIn(judged, way.namespaces),
  }));

function violation(judged: JudgedChange, way: EgressWay): Violation {
  const { namespaces, block, port, samples, before } = way;
  const dataClasses = heldIn(judged, namespaces);
  const requests = samples.map(({ shown }) => shown);
  const network = `${before.server?.namespace}/${before.server?.name}`;
  const asked = requests.length > 0 ? ` (${requests.slice(0, 5).join(', ')}${requests.length > 5 ? '…' : ''})` : '';
  const held = dataClasses.length > 0 ? `; workloads there hold ${dataClasses.join(', ')}` : '';
  return {
    message: `${whoOf(way)} may call ${addressesOf(way)} on ${port === undefined ? 'every port' : `port ${port}`}${asked}, which EgressNetwork ${network} denied: ${whyOf(way)}${held}`,
    severity: severityOf(way, dataClasses),
    places: placesOf(judged, way),
    fingerprint: [...namespaces, block.text, port ?? 'every', ...requests],
    row: {
      who: whoOf(way),
      namespaces,
      to: block.text,
      hosts: hostsOf(way),
      port: port ?? null,
      requests,
      network,
      dataClasses,
    },
  };
}

const SHOWN = 5;

function whoOf({ namespaces }: EgressWay): string {
  const [first, ...others] = namespaces;
  if (others.length === 0) return `namespace ${first}`;
  const more = namespaces.length > SHOWN ? ` and ${namespaces.length - SHOWN} more` : '';
  return `namespaces ${namespaces.slice(0, SHOWN).join(', ')}${more}`;
}

const addressesOf = ({ block, except }: EgressWay): string =>
  except.length === 0 ? block.text : `${block.text} but ${except.join(', ')}`;

const hostsOf = ({ samples }: EgressWay): string[] => [...new Set(samples.flatMap(({ host }) => host ?? []))];

/** The hosts routes name, where they let out nothing else; else the addresses. */
function toOf(way: EgressWay): string {
  const isByHost = way.samples.length > 0 && way.samples.every(({ host }) => host !== undefined);
  return isByHost ? hostsOf(way).join(', ') : addressesOf(way);
}

function severityOf({ block: { cidr }, samples }: EgressWay, dataClasses: readonly string[]): Severity {
  const isNarrow = samples.length > 0 || (cidr !== undefined && cidr.length === cidr.bits);
  const severity: Severity = dataClasses.length > 0 ? 'high' : 'medium';
  return isNarrow ? stepped(severity, 1) : severity;
}

function whyOf({ before, after: { server, route } }: EgressWay): string {
  if (server?.kind !== 'EgressNetwork') return 'none takes it any more';
  const name = `EgressNetwork ${server.namespace}/${server.name}`;
  if (route !== null && route.kind !== 'default') {
    return `${route.kind} ${route.namespace}/${route.name} takes it through ${name}`;
  }
  const isSame = server.namespace === before.server?.namespace && server.name === before.server.name;
  return isSame ? 'it allows now' : `${name}, which allows, counts instead`;
}

function placesOf(judged: JudgedChange, { before, after }: EgressWay): Place[] {
  const keys = [
    ...(after.route === null || after.route.kind === 'default' ? [] : [routeKey(after.route)]),
    ...[after.server, before.server].flatMap((server) =>
      server?.kind === 'EgressNetwork' ? [`EgressNetwork.policy.linkerd.io/${server.namespace}/${server.name}`] : [],
    ),
  ];
  const distinct = [...new Set(keys)];
  const changed = distinct.flatMap((key) => changedPlaces(judged, key));
  return changed.length > 0 ? changed : distinct.map((key) => ({ key }));
}

/** Classes of data that workloads of the namespaces hold. */
function heldIn({ after, baseline }: JudgedChange, namespaces: readonly string[]): string[] {
  const held = after.workloads
    .filter(({ namespace, instances }) => instances.length > 0 && namespaces.includes(namespace))
    .flatMap((one) => (after.facts.get(workloadKey(baseline.cluster, one)) ?? NO_FACTS).dataClasses);
  return [...new Set(held)].sort();
}
