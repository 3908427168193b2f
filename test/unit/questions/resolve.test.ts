import { expect, test } from 'vitest';
import { type Candidate, resolveReference } from '../../../shared/questions/reference/resolve.ts';

const node = (label: string, namespace: string | null, kind: string | null, name: string): Candidate => ({
  label,
  namespace,
  kind,
  name,
  key: ['c', namespace, kind ?? label, name].filter((part) => part !== null).join('/'),
});
const SPIFFE = 'spiffe://root.linkerd.cluster.local/vm-billing-1';
const known = [
  node('Workload', 'books', 'Deployment', 'authors'),
  node('Service', 'books', null, 'authors'),
  node('Service', 'books', null, 'headless'),
  node('Workload', 'batch', 'CronJob', 'nightly'),
  node('Workload', 'batch', 'Job', 'nightly'),
  node('External', null, null, '203.0.113.10'),
  node('Identity', null, null, SPIFFE),
  { ...node('Unauthenticated', null, null, 'unauthenticated'), name: null },
];
const all = ['Workload', 'Service', 'External', 'Identity', 'Unauthenticated'];
const resolve = (text: string, labels = all) => resolveReference(text, known, labels);

test.each([
  ['books/authors', 'c/books/Deployment/authors'],
  ['books/deployment/authors', 'c/books/Deployment/authors'],
  ['books/deploy/authors', 'c/books/Deployment/authors'],
  ['books/service/authors', 'c/books/Service/authors'],
  ['books/svc/authors', 'c/books/Service/authors'],
  ['books/headless', 'c/books/Service/headless'],
  ['authors', 'c/books/Deployment/authors'],
  ['batch/cronjob/nightly', 'c/batch/CronJob/nightly'],
  ['203.0.113.10', 'c/External/203.0.113.10'],
  [SPIFFE, `c/Identity/${SPIFFE}`],
  ['unauthenticated', 'c/Unauthenticated/unauthenticated'],
])('%s means %s', (text, key) => {
  expect(resolve(text).key).toBe(key);
});

test('a name that two kinds share is refused, with both told', () => {
  expect(() => resolve('batch/nightly')).toThrow(
    '"batch/nightly" can mean batch/CronJob/nightly, batch/Job/nightly: name the kind too',
  );
});

test('an unknown name is answered with the nearest one, or with the same name elsewhere', () => {
  expect(() => resolve('books/autors')).toThrow('"books/autors"; did you mean books/authors?');
  expect(() => resolve('prod/authors')).toThrow('"prod/authors"; did you mean books/authors?');
  expect(() => resolve('zzzzzzzzzzzz', ['External'])).toThrow('no external "zzzzzzzzzzzz"; it knows 203.0.113.10');
  expect(() => resolve('personal', ['DataClass'])).toThrow('no data class "personal"; it knows none at all');
});

test('only what the question speaks of is meant', () => {
  expect(() => resolve('203.0.113.10', ['Workload'])).toThrow(/the graph knows no workload "203.0.113.10"/);
  expect(resolve('books/authors', ['Service']).key).toBe('c/books/Service/authors');
});
