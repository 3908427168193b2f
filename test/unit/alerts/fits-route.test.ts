import { expect, test } from 'vitest';
import { FINDING_CHANGES } from '../../../shared/domain/alerts/finding-change.ts';
import { fitsRoute, type RouteFilter } from '../../../shared/domain/alerts/fits-route.ts';
import { alertOf } from './example.ts';

const route = (more: Partial<RouteFilter> = {}): RouteFilter => ({
  minSeverity: 'high',
  changes: [...FINDING_CHANGES],
  ...more,
});

test.each<[string, Partial<RouteFilter>, boolean]>([
  ['everything grave enough', {}, true],
  ['only what is graver', { minSeverity: 'critical' }, false],
  ['a change it wants', { changes: ['opened'] }, true],
  ['a change it does not want', { changes: ['resolved'] }, false],
  ['its cluster', { clusters: ['prod'] }, true],
  ['another cluster', { clusters: ['staging'] }, false],
  ['its check', { checks: ['denied-arrivals'] }, true],
  ['another check', { checks: ['first-time-caller'] }, false],
  ['one of its namespaces', { namespaces: ['shop', 'books'] }, true],
  ['other namespaces', { namespaces: ['shop'] }, false],
  ['its owner', { owners: ['team-books'] }, true],
  ['another owner', { owners: ['team-shop'] }, false],
  ['its owner, but another namespace', { owners: ['team-books'], namespaces: ['shop'] }, false],
])('a route for %s', (_, filter, fits) => {
  expect(fitsRoute(alertOf(), route(filter))).toBe(fits);
});

test('who was told of a grave finding is told that it was eased', () => {
  expect(
    fitsRoute(
      alertOf(undefined, { change: 'eased', previousSeverity: 'critical' }),
      route({ minSeverity: 'critical' }),
    ),
  ).toBe(true);
});
