import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { SEVERITIES } from '../shared/checks/check.ts';
import { namespacedKey, unauthenticatedKey } from '../shared/domain/keys.ts';
import { BASELINE_SCHEMA, type Baseline } from '../shared/gate/baseline.ts';
import type { Change, Placed } from '../shared/gate/change.ts';
import { pairs } from '../shared/kubernetes/kubernetes-object.ts';
import { parseManifests } from '../shared/kubernetes/manifests/parse-manifests.ts';
import { accountIdentity, DEFAULT_SETTINGS } from '../shared/linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../shared/linkerd/policy/policy-object.ts';
import type { Edge } from '../shared/questions/edges/merge.ts';
import { runningPods } from './running-pods.ts';

const FOLDER = join(import.meta.dirname, 'fixtures/pull-requests');
const CLUSTER = 'prod';
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

export const PULL_REQUESTS_AT = Date.parse('2026-11-24T12:00:00Z');

const expectation = z.strictObject({
  about: z.string(),
  why: z.string(),
  deletes: z.array(z.string()).default([]),
  findings: z.array(
    z.strictObject({
      rule: z.string(),
      severity: z.enum(SEVERITIES),
      at: z.string().optional(),
      object: z.string().optional(),
      says: z.string(),
    }),
  ),
  calls: z.array(
    z.strictObject({
      from: z.string(),
      to: z.string(),
      port: z.int(),
      count: z.int(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  opened: z.array(
    z.strictObject({ who: z.string(), to: z.string(), port: z.int().nullable(), dataClasses: z.array(z.string()) }),
  ),
});

const seenCall = z.strictObject({
  from: z.string(),
  to: z.string(),
  port: z.int(),
  requests: z.int().optional(),
  connections: z.int().optional(),
  verdict: z.string(),
  minutes: z.int(),
});

export type PullRequest = {
  readonly name: string;
  readonly expected: z.infer<typeof expectation>;
  /** What the pull request writes, by path. */
  readonly written: ReadonlyMap<string, string>;
};

export const PULL_REQUESTS: readonly PullRequest[] = readdirSync(join(FOLDER, 'changes')).map((name) => {
  const files = filesBelow(join(FOLDER, 'changes', name));
  const { 'expected.yaml': told = '', ...written } = Object.fromEntries(files);
  return { name, expected: expectation.parse(parse(told)), written: new Map(Object.entries(written)) };
});

const MESH = filesBelow(join(FOLDER, 'mesh'));

/** The change as a job sees it that renders only what the pull request touches. */
export function touchedFiles({ written, expected }: PullRequest): Change {
  const before = [...MESH].filter(([path]) => written.has(path) || expected.deletes.includes(path));
  return toChange(written, new Map(before));
}

/** The whole repository by path, before and after. */
export function repositoryOf({ written, expected }: PullRequest) {
  const after = new Map([...MESH, ...written]);
  for (const path of expected.deletes) after.delete(path);
  return { before: MESH, after };
}

/** The change as a job sees it that renders the whole repository, before and after. */
export function wholeRepository(pullRequest: PullRequest): Change {
  const { before, after } = repositoryOf(pullRequest);
  return toChange(after, before);
}

const toChange = (after: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): Change => ({
  manifests: placed(after),
  base: placed(before).map(({ object }) => object),
  full: undefined,
  namespace: 'default',
});

const placed = (files: ReadonlyMap<string, string>): Placed[] =>
  [...files].flatMap(([path, text]) => parseManifests(text, path));

/** The cluster that runs what the repository says, and the calls seen in it, as of an instant in epoch milliseconds. */
export function meshBeforePullRequests(at = PULL_REQUESTS_AT): Baseline {
  const created = new Date(at - 90 * DAY).toISOString();
  const stored = placed(MESH).map(
    ({ object }): PolicyObject => ({ ...object, metadata: { ...object.metadata, creationTimestamp: created } }),
  );
  const owners = stored.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
  const names = new Map(owners.map(({ metadata: { namespace, name }, kind }) => [`${namespace}/${name}`, kind]));
  const calls = z.array(seenCall).parse(parse(readFileSync(join(FOLDER, 'traffic.yaml'), 'utf8')));
  return {
    schema: BASELINE_SCHEMA,
    cluster: CLUSTER,
    at,
    settings: DEFAULT_SETTINGS,
    objects: [...stored, ...owners.flatMap((owner, index) => runningPods(owner, index))],
    workloads: owners.map(({ kind, metadata: { namespace = '', name, labels, annotations } }) => {
      return { namespace, kind, name, labels: pairs(labels), annotations: pairs(annotations) };
    }),
    traffic: {
      since: at - 14 * DAY,
      at,
      coveredMs: 14 * DAY,
      partialWindows: 0,
      newest: at,
      edges: calls.map((call) => toEdge(call, names, at)),
    },
    unread: [],
    notes: [],
  };
}

function toEdge(call: z.infer<typeof seenCall>, kinds: ReadonlyMap<string, string>, at: number): Edge {
  const count = call.requests ?? call.connections ?? 0;
  const meshed = call.from !== 'unmeshed';
  const nodeOf = (name: string) => {
    const [namespace = '', own = ''] = name.split('/');
    return { label: 'Workload', key: namespacedKey(CLUSTER, namespace, kinds.get(name) ?? '', own), name };
  };
  const unmeshed = { label: 'Unauthenticated', key: unauthenticatedKey(CLUSTER), name: CLUSTER };
  const identityOf = (name: string) => accountIdentity(DEFAULT_SETTINGS, ...(name.split('/') as [string, string]));
  return {
    from: meshed ? nodeOf(call.from) : unmeshed,
    to: nodeOf(call.to),
    port: call.port,
    unit: call.connections === undefined ? 'requests' : 'connections',
    shares: [{ verdict: call.verdict, count, failures: 0, policies: [] }],
    count,
    mTls: meshed,
    identity: meshed ? identityOf(call.from) : null,
    serverIdentities: meshed ? [identityOf(call.to)] : [],
    first: at - 13 * DAY,
    last: at - call.minutes * MINUTE,
  };
}

function filesBelow(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
