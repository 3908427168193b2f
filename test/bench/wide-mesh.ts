import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { identityKey, namespacedKey, namespaceKey, unauthenticatedKey } from '../../shared/domain/keys.ts';
import { chunkId, DAY_MS } from '../../shared/domain/traffic-series/bucket.ts';
import { FAMILIES } from '../../shared/kubernetes/families.ts';
import { runImport, writeLines } from './neo4j-import.ts';

export type WideScale = { readonly workloads: number; readonly pairs: number; readonly days: number };

export const WIDE_CLUSTER = 'wide';
export const WIDE_END = Date.UTC(2026, 1, 1);
const WORKLOADS_A_NAMESPACE = 25;
const WINDOW_MS = 300_000;
const POWERS = ['readsSecrets', 'execs', 'escalates', 'impersonates', 'createsTokens', 'createsPods', 'editsPolicy'];

/** The same numbers every time (mulberry32), between 0 and 1. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const namespaceOf = (i: number): string => `team-${Math.floor(i / WORKLOADS_A_NAMESPACE)}`;
export const wideName = (i: number): string => `${namespaceOf(i)}/service-${i}`;
const keyOf = (kind: string, i: number): string => namespacedKey(WIDE_CLUSTER, namespaceOf(i), kind, `service-${i}`);
const identityOf = (i: number): string =>
  `service-${i}.${namespaceOf(i)}.serviceaccount.identity.linkerd.cluster.local`;

/**
 * Who calls whom: any caller, and callees of which some are far more popular than others. Nearly everything is reached
 * from nearly everywhere, so walks are as long as they can be.
 */
function pairsOf({ workloads, pairs }: WideScale): [number, number][] {
  const random = randomNumbers(1);
  const known = new Set<number>();
  while (known.size < pairs) {
    const caller = Math.floor(random() * workloads);
    const callee = Math.floor(random() ** 2 * workloads);
    if (caller !== callee) known.add(caller * workloads + callee);
  }
  return [...known].map((pair) => [Math.floor(pair / workloads), pair % workloads]);
}

/**
 * Loads a mesh of that scale into the home of a server that was not started yet: every pair talks every day, both sides
 * tell it, each day is closed and one relationship, without its single windows.
 */
export async function importWideMesh(home: string, scale: WideScale): Promise<void> {
  const options: string[] = ['--id-type=integer'];
  const files: string[] = [];
  const file = async (option: string, name: string, header: string, lines: Iterable<string>): Promise<void> => {
    const path = join(home, `${name}.csv`);
    await writeLines(path, header, lines);
    options.push(`${option}=${path}`);
    files.push(path);
  };
  await writeNodes(file, scale);
  await writeFacts(file, scale);
  await writeTraffic(file, scale);
  await runImport(home, options);
  for (const path of files) await rm(path);
}

type WriteFile = (option: string, name: string, header: string, lines: Iterable<string>) => Promise<void>;

const START = WIDE_END - 400 * DAY_MS;
const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

async function writeNodes(file: WriteFile, { workloads, days }: WideScale): Promise<void> {
  const each = range(workloads);
  const nodes = (label: string, header: string, lines: Iterable<string>) =>
    file(`--nodes=${label}`, label, `:ID(${label}),key:string,cluster:string,validFrom:long,${header}`, lines);
  const start = (i: number, key: string) => `${i},${key},${WIDE_CLUSTER},${START}`;
  const named = 'name:string,namespace:string,kind:string,firstSeen:long';
  const ofWorkload = (kind: string) => (i: number) =>
    `${start(i, keyOf(kind, i))},service-${i},${namespaceOf(i)},${kind},${START}`;
  await nodes('Workload', named, each.map(ofWorkload('Deployment')));
  await nodes('ServiceAccount', named, each.map(ofWorkload('ServiceAccount')));
  await nodes('Service', named, each.map(ofWorkload('Service')));
  await nodes(
    'Identity',
    'name:string,form:string,firstSeen:long',
    each.map((i) => `${start(i, identityKey(WIDE_CLUSTER, identityOf(i)))},${identityOf(i)},dns,${START}`),
  );
  const namespaces = [...new Set(each.map(namespaceOf))];
  await nodes(
    'Namespace',
    'name:string',
    namespaces.map((name, i) => `${start(i, namespaceKey(WIDE_CLUSTER, name))},${name}`),
  );
  await nodes('Unauthenticated', 'name:string', [`${start(0, unauthenticatedKey(WIDE_CLUSTER))},unauthenticated`]);
  const ofModel = (label: string, names: readonly string[]) =>
    nodes(
      label,
      'name:string',
      names.map((name, i) => `${start(i, `${WIDE_CLUSTER}/${label}/${name}`)},${name}`),
    );
  await ofModel('DataClass', ['personal', 'payment', 'health']);
  await ofModel('Exposure', ['internet']);
  await ofModel(
    'Owner',
    range(100).map((i) => `team-${i}`),
  );
  await nodes(
    'Role',
    `name:string,kind:string,${POWERS.map((power) => `${power}:boolean`).join(',')}`,
    POWERS.map(
      (power, i) =>
        `${start(i, `${WIDE_CLUSTER}/ClusterRole/${power}`)},${power},ClusterRole,${POWERS.map((one) => one === power).join(',')}`,
    ),
  );
  const windows = range((days * DAY_MS) / WINDOW_MS).map((i) => WIDE_END - days * DAY_MS + i * WINDOW_MS);
  const scans = [
    `${WIDE_CLUSTER}/cluster,${WIDE_CLUSTER},cluster,${WIDE_END},,true,${Object.keys(FAMILIES).join(';')}`,
    ...windows.map(
      (from) => `${WIDE_CLUSTER}/traffic/${from},${WIDE_CLUSTER},traffic,${from + WINDOW_MS},${from},true,`,
    ),
  ];
  await file(
    '--nodes=Scan',
    'Scan',
    ':ID(Scan),key:string,cluster:string,source:string,at:long,from:long,complete:boolean,families:string[]',
    scans.map((line, i) => `${i},${line}`),
  );
  await file('--nodes=Lease', 'Lease', ':ID(Lease),key:string,mark:string', [`0,${WIDE_CLUSTER},import`]);
}

/** One in fifty holds data, one in two hundred is exposed or has a power, one in fifty has no owner. */
async function writeFacts(file: WriteFile, { workloads }: WideScale): Promise<void> {
  const each = range(workloads);
  const facts = (type: string, from: string, to: string, ends: readonly (readonly [number, number])[], more = '') =>
    file(
      `--relationships=${type}`,
      type,
      `:START_ID(${from}),:END_ID(${to}),validFrom:long${more && ',binding:string'}`,
      ends.map(([a, b]) => `${a},${b},${START}${more}`),
    );
  const same = each.map((i) => [i, i] as const);
  const every = (step: number, of: number) =>
    each.filter((i) => i % step === step - 1).map((i) => [i, i % of] as const);
  await facts('RUNS_AS', 'Workload', 'ServiceAccount', same);
  await facts('HAS_IDENTITY', 'ServiceAccount', 'Identity', same);
  await facts('SELECTS', 'Service', 'Workload', same);
  await facts(
    'OWNED_BY',
    'Workload',
    'Owner',
    each.filter((i) => i % 50 > 0).map((i) => [i, i % 100]),
  );
  await facts('HOLDS', 'Workload', 'DataClass', every(50, 3));
  await facts('EXPOSED_TO', 'Workload', 'Exposure', every(200, 1));
  await facts('BOUND_TO', 'ServiceAccount', 'Role', every(200, POWERS.length), ',ClusterRoleBinding/bound');
}

async function writeTraffic(file: WriteFile, scale: WideScale): Promise<void> {
  const pairs = pairsOf(scale);
  const buckets = range(scale.days).map((day) => WIDE_END - (scale.days - day) * DAY_MS);
  const digests = pairs.map(([a, b]) => createHash('sha256').update(`${a} ${b}`).digest('hex').slice(0, 32));
  const counts =
    'id:string,cluster:string,grain:string,bucket:long,port:long,protocol:string,tls:string,requests:long,failures:long,firstAt:long,lastAt:long';
  const line = (index: number, bucket: number) =>
    `${pairs[index]?.join(',')},${chunkId(digests[index] ?? '', 'day', bucket)},${WIDE_CLUSTER},day,${bucket},8080,http,true,${1000 + (index % 400)},${index % 7},${bucket},${bucket + DAY_MS}`;
  function* lines(more: (index: number) => string): Generator<string> {
    for (const bucket of buckets) for (let i = 0; i < pairs.length; i++) yield `${line(i, bucket)},${more(i)}`;
  }
  await file(
    '--relationships=CALLED',
    'CALLED',
    `:START_ID(Workload),:END_ID(Workload),${counts},refused:long,connections:long,serverIdentity:string,service:string`,
    lines((i) => `0,3,${identityOf(pairs[i]?.[1] ?? 0)},${wideName(pairs[i]?.[1] ?? 0)}`),
  );
  await file(
    '--relationships=ARRIVED_AT',
    'ARRIVED_AT',
    `:START_ID(Identity),:END_ID(Workload),${counts},verdict:string,server:string,route:string,authorization:string`,
    // One in a hundred pairs is turned away.
    lines((i) =>
      i % 100 === 99 ? 'denied,server/http,,' : 'allowed,server/http,default/default,authorizationpolicy/mesh',
    ),
  );
}
