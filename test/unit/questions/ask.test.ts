import { expect, test } from 'vitest';
import type { Knowledge } from '../../../shared/checks/coverage.ts';
import { type AskDeps, type Asked, ask } from '../../../shared/questions/ask.ts';
import { QUESTIONS } from '../../../shared/questions/registry.ts';
import { called } from './told-rows.ts';

const newest = Date.parse('2026-11-23T18:00:00Z');
const HOUR = 3_600_000;
const knowledge: Knowledge = {
  traffic: undefined,
  watchedSince: undefined,
  trafficCoveredMs: 0,
  partialWindows: 0,
  families: {},
};
const nodes = [{ label: 'Workload', key: 'c/books', namespace: 'shop', kind: 'Deployment', name: 'books' }];

async function askFor(id: string, asked: Partial<Asked> = {}, clusters = ['c']) {
  const queries: Readonly<Record<string, unknown>>[] = [];
  const question = QUESTIONS.find((one) => one.id === id)!;
  const deps: AskDeps = {
    readClusters: async () => clusters.map((cluster) => ({ cluster, newest })),
    readKnowledge: async () => knowledge,
    readRows: async (query, parameters) => {
      if (query !== question.query) return nodes;
      queries.push(parameters);
      return id === 'callers' ? [called('web', 'books', 7)] : [];
    },
  };
  const answered = await ask(deps, { question, values: {}, now: newest + 72 * HOUR, ...asked });
  return { answered, asked: queries[0] };
}

test('without --at a question is asked as of the newest the graph knows, for the 24 hours before', async () => {
  const { asked } = await askFor('identities');
  expect(asked).toEqual({ cluster: 'c', at: newest, since: newest - 24 * HOUR });
});

test('--at counts back from now, --since from --at', async () => {
  const { asked } = await askFor('identities', { at: '-2h', since: '30m' });
  expect(asked).toMatchObject({ at: newest + 70 * HOUR, since: newest + 69.5 * HOUR });
});

test('a node parameter reaches the query as its key, an absent span as null', async () => {
  const { asked, answered } = await askFor('callers', { values: { callee: 'shop/books' } });
  expect(asked).toMatchObject({ callee: 'c/books' });
  expect(answered).toMatchObject({ summary: 'shop/books has 1 caller', rows: [{ caller: 'web', count: 7 }] });
  expect((await askFor('changes')).asked).toMatchObject({ quiet: null });
  expect((await askFor('changes', { values: { quiet: '2m' } })).asked).toMatchObject({ quiet: 120_000 });
});

test.each([
  ['callers', {}, 'the question callers wants callee: the workload, Service'],
  ['callers', { values: { callee: 'shop/bocks' } }, 'did you mean shop/books?'],
  ['identities', { since: '2026-12-01T00:00:00Z' }, 'the period ends (2026-11-23T18:00:00Z) before it begins'],
  ['identities', { at: 'yesterday' }, 'an instant is written like 2026-11-23T17:54:00Z'],
  ['identities', { at: '2026-11-23T17:54:00' }, 'an instant is written like 2026-11-23T17:54:00Z'],
  ['identities', { cluster: 'd' }, 'the graph knows no cluster "d", only c'],
])('asked wrongly, %s %o says what was expected', async (id, asked, message) => {
  await expect(askFor(id, asked)).rejects.toThrow(message);
});

test('with several clusters one must be named, with none there is nothing to ask', async () => {
  await expect(askFor('identities', {}, ['a', 'b'])).rejects.toThrow('say which is meant by cluster (a, b)');
  expect((await askFor('identities', { cluster: 'b' }, ['a', 'b'])).asked).toMatchObject({ cluster: 'b' });
  await expect(askFor('identities', {}, [])).rejects.toThrow('the graph is empty');
});
