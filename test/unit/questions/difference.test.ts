import { expect, it } from 'vitest';
import { difference } from '../../../shared/questions/changes/difference.ts';

const spec = (value: unknown): string => JSON.stringify(JSON.stringify(value));

it('tells a plain value as it was and is', () => {
  expect(difference('replicas', '1', '2')).toBe('replicas: 1 → 2');
  expect(difference('inject', null, '"enabled"')).toBe('inject: none → enabled');
});

it('tells what was added to a list and what was taken from it', () => {
  expect(difference('labels', '["app=web","v=1"]', '["app=web","v=2"]')).toBe('labels -v=1; labels +v=2');
});

it('goes into a spec to the place that differs', () => {
  const web = { kind: 'ServiceAccount', name: 'web' };
  const reports = { kind: 'ServiceAccount', name: 'reports' };
  expect(difference('spec', spec({ identityRefs: [web] }), spec({ identityRefs: [web, reports] }))).toBe(
    'spec.identityRefs +{"kind":"ServiceAccount","name":"reports"}',
  );
  expect(difference('spec', spec({ a: { port: 80 }, b: 1 }), spec({ a: { port: 81 }, b: 1 }))).toBe(
    'spec.a.port: 80 → 81',
  );
});

it('counts what a line has no room for, and cuts what is too long', () => {
  expect(difference('spec', spec({ a: 1, b: 1, c: 1, d: 1, e: 1 }), spec({ a: 2, b: 2, c: 2, d: 2, e: 2 }))).toBe(
    'spec.a: 1 → 2; spec.b: 1 → 2; spec.c: 1 → 2; and 2 more',
  );
  expect(difference('image', '"a"', JSON.stringify('x'.repeat(200)))).toBe(`image: a → ${'x'.repeat(79)}…`);
});

it('takes a text that only looks like JSON for a text', () => {
  expect(difference('note', '"{not json"', '"plain"')).toBe('note: {not json → plain');
});
