import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBundleBaseline } from '../../../../cli/gate/read-bundle-baseline.ts';
import { renderSuggestion } from '../../../../cli/suggest/render-suggestion.ts';
import { parseDuration } from '../../../../shared/domain/duration.ts';
import { entityModelSchema } from '../../../../shared/domain/entity-model.ts';
import type { Baseline } from '../../../../shared/gate/baseline.ts';
import { suggestPolicy } from '../../../../shared/gate/suggest/suggest-policy.ts';
import type { Suggestion } from '../../../../shared/gate/suggest/suggestion.ts';
import { parseManifests } from '../../../../shared/kubernetes/manifests/parse-manifests.ts';
import { lintObject } from '../../../../shared/linkerd/policy/lint/lint-object.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { meshBeforePullRequests } from '../../../pull-requests.ts';
import { applied, DENIED, judgeSuggestion, withoutOneLine } from './judge-suggestion.ts';

const BUNDLE = join(import.meta.dirname, '../../../../demo/recorded-mesh.bundle.gz');

const recorded = (): Promise<Baseline> =>
  readBundleBaseline({
    path: BUNDLE,
    shown: 'the recording',
    period: (at) => ({ since: at - parseDuration('14d'), at }),
    periodMs: parseDuration('1m'),
    entityModel: entityModelSchema.parse({}),
  });

describe.each([
  ['the recorded mesh', recorded],
  ['the shop of the pull requests', async () => meshBeforePullRequests()],
])('what is suggested for %s', (_, read) => {
  let mesh: Baseline;
  let suggestion: Suggestion;
  let objects: readonly PolicyObject[];
  beforeAll(async () => {
    mesh = await read();
    suggestion = suggestPolicy(mesh);
    // As it is applied: what comments do not break.
    objects = parseManifests(renderSuggestion(suggestion), 'suggested.yaml').map(({ object }) => object);
  });

  it('is written as the objects that were meant', () => {
    expect(objects).toEqual(suggestion.objects.map(({ object }) => object));
    expect(objects.length).toBeGreaterThan(3);
  });

  it('has every call seen allowed, and the gate has nothing at all to say of it', async () => {
    const { calls, findings, opened } = await judgeSuggestion(mesh, objects);
    const turned = calls.filter(({ after }) => after !== 'allowed');
    expect({ turned, findings, opened }).toEqual({ turned: [], findings: [], opened: [] });
  });

  it('holds no line that admits somebody without need: without any of them calls are denied', async () => {
    const mutations = withoutOneLine(objects);
    const idle = [];
    for (const { without, objects: fewer } of mutations) {
      const { findings } = await judgeSuggestion(mesh, fewer);
      const denied = findings.filter(({ rule }) => DENIED.has(rule));
      if (denied.length === 0) idle.push(without);
    }
    expect(idle).toEqual([]);
    expect(mutations.length).toBeGreaterThan(1);
  });

  it('is taken by admission, without a warning', () => {
    const all = [...mesh.objects, ...objects];
    expect(
      objects.flatMap((object) => lintObject(object, { others: all.filter((other) => other !== object) })),
    ).toEqual([]);
  });

  it('is all that is needed: once applied, the same calls ask for nothing more', () => {
    expect(suggestPolicy(applied(mesh, objects)).objects).toEqual([]);
  });

  it('is the same however objects and calls are ordered', () => {
    const { traffic } = mesh;
    const turned = {
      ...mesh,
      objects: mesh.objects.toReversed(),
      workloads: mesh.workloads.toReversed(),
      traffic: { ...traffic, edges: traffic.edges.toReversed() },
    };
    expect(suggestPolicy(turned)).toEqual(suggestion);
  });

  it('has names that are DNS labels, new ones each', () => {
    const taken = new Set(mesh.objects.map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`));
    for (const { kind, metadata } of objects) {
      expect(metadata.name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
      if (kind !== 'Server') expect(taken).not.toContain(`${kind}/${metadata.namespace}/${metadata.name}`);
    }
  });
});
