import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Baseline } from '../../../../shared/gate/baseline.ts';
import { suggestPolicy } from '../../../../shared/gate/suggest/suggest-policy.ts';
import { MODES } from '../../../../shared/linkerd/policy/default-policy.ts';
import { lintObject } from '../../../../shared/linkerd/policy/lint/lint-object.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import { admits, identities, identityOf, meshTls, server, theServer } from '../../linkerd/policy/objects.ts';
import { applied, DENIED, judgeSuggestion, withoutOneLine } from './judge-suggestion.ts';
import { app, seen, seenMesh } from './seen-mesh.ts';

const NAMES = ['ada', 'bob', 'cyd', 'dan'];
const mode = fc.constantFrom(...MODES);
const port = fc.constantFrom(8080, 9000);
const name = fc.constantFrom(...NAMES);

/** Labels that may be those of others, a mode or opaque ports of its own, and perhaps a ServiceAccount that others run as. */
const anApp = (own: string) =>
  fc
    .record({
      labels: fc.record(
        { app: fc.constantFrom(own, 'same'), track: fc.constantFrom('stable', 'canary') },
        { requiredKeys: ['app'] },
      ),
      account: fc.constantFrom(own, 'default'),
      said: fc.option(mode),
      opaque: fc.constantFrom(undefined, '9000'),
    })
    .map(({ labels, account, said, opaque }) =>
      app(own, {
        labels: labels as Record<string, string>,
        account,
        annotations: {
          ...(said === null ? {} : { 'config.linkerd.io/default-inbound-policy': said }),
          ...(opaque === undefined ? {} : { 'config.linkerd.io/opaque-ports': opaque }),
        },
      }),
    );

const aServer = (own: string, second: number) =>
  fc
    .record({
      podSelector: fc.constantFrom({}, ...NAMES.map((one) => ({ matchLabels: { app: one } }))),
      port,
      accessPolicy: mode,
      friend: name,
    })
    .map(({ friend, ...spec }): PolicyObject[] => [
      server(own, spec, second),
      admits(`${own}-friends`, theServer(own), meshTls(`${own}-friends`)),
      identities(`${own}-friends`, identityOf(friend)),
    ]);

const aCall = fc
  .record({
    from: fc.constantFrom(...NAMES.map((one) => `shop/${one}`), 'unmeshed', 'shop/gone'),
    to: name,
    port,
    requests: fc.integer({ min: 1, max: 9 }),
  })
  .filter(({ from, to }) => from !== `shop/${to}`)
  .map(({ from, to, port: called, requests }) => seen(from, `shop/${to}`, called, { requests }));

const aMesh: fc.Arbitrary<Baseline> = fc
  .record({
    apps: fc.tuple(...NAMES.map(anApp)),
    servers: fc.tuple(aServer('old', 1), aServer('new', 2)).chain((all) => fc.subarray(all)),
    calls: fc.uniqueArray(aCall, {
      minLength: 1,
      maxLength: 8,
      selector: ({ from, to, port: called }) => `${from.name} ${to.name} ${called}`,
    }),
    defaultInboundPolicy: mode,
  })
  .map(({ apps, servers, calls, defaultInboundPolicy }) =>
    seenMesh({ apps, calls, objects: servers.flat(), settings: { defaultInboundPolicy } }),
  );

const suggested = (mesh: Baseline): PolicyObject[] => suggestPolicy(mesh).objects.map(({ object }) => object);
const holds = (property: (mesh: Baseline, objects: PolicyObject[]) => void | Promise<void>, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(aMesh, (mesh) => Promise.resolve(property(mesh, suggested(mesh)))),
    { seed: 5, numRuns },
  );

describe('whatever the mesh, what is suggested', () => {
  it('has no call denied and opens nothing', () =>
    holds(async (mesh, objects) => {
      const { calls, findings, opened } = await judgeSuggestion(mesh, objects);
      expect(calls.filter(({ after }) => !/^(may be )?(allowed|audited)$/.test(after))).toEqual([]);
      expect(findings.filter(({ rule }) => DENIED.has(rule))).toEqual([]);
      // A Server for pods that nothing tells apart admits the callers of some to all of them.
      const mingled = suggestPolicy(mesh).unknown.some((note) => note.startsWith('no label tells'));
      expect(mingled ? [] : opened).toEqual([]);
    }, 100));

  it('holds no line that admits somebody without need', () =>
    holds(async (mesh, objects) => {
      for (const { without, objects: fewer } of withoutOneLine(objects)) {
        const { findings } = await judgeSuggestion(mesh, fewer);
        expect(
          findings.some(({ rule }) => DENIED.has(rule)),
          without,
        ).toBe(true);
      }
    }, 25));

  it('is all that is needed', () =>
    holds((mesh, objects) => {
      expect(suggested(applied(mesh, objects))).toEqual([]);
    }, 100));

  it('is taken by admission, without a warning', () =>
    holds((mesh, objects) => {
      const made = objects.filter(({ metadata }) =>
        mesh.objects.every((other) => other.metadata.name !== metadata.name),
      );
      const othersOf = (object: PolicyObject) => [...mesh.objects, ...objects].filter((other) => other !== object);
      expect(objects.flatMap((object) => lintObject(object))).toEqual([]);
      expect(made.flatMap((object) => lintObject(object, { others: othersOf(object) }))).toEqual([]);
    }, 100));

  it('does not hang on any order', () =>
    holds((mesh, objects) => {
      const edges = mesh.traffic.edges.toReversed();
      expect(suggested({ ...mesh, objects: mesh.objects.toReversed(), traffic: { ...mesh.traffic, edges } })).toEqual(
        objects,
      );
    }, 100));
});
