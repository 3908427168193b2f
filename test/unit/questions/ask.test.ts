import { expect, test } from 'vitest';
import { z } from 'zod';
import { type AskDeps, type Asked, ask } from '../../../shared/questions/ask.ts';
import { defineQuestion } from '../../../shared/questions/question.ts';
import { QUESTIONS } from '../../../shared/questions/registry.ts';
import { makeWalk } from '../../../shared/questions/walk/walk.ts';
import { called } from './told-rows.ts';

const newest = Date.parse('2026-11-23T18:00:00Z');
const HOUR = 3_600_000;
const oldest = newest - 240 * HOUR;
const nodes = [{ label: 'Workload', key: 'c/books', namespace: 'shop', kind: 'Deployment', name: 'books' }];

/** A question of every kind of parameter, answered by three rows. */
const every = defineQuestion({
  id: 'every',
  title: 'Every kind?',
  parameters: [
    { name: 'what', meaning: 'what is meant', kind: 'choice', choices: ['secrets', 'tokens'] },
    { name: 'near', meaning: 'a workload', kind: 'node', labels: ['Workload'], optional: true },
    { name: 'until', meaning: 'an end', kind: 'instant', default: null },
    { name: 'word', meaning: 'a text', kind: 'text', default: 'any' },
    { name: 'hops', meaning: 'how many', kind: 'count', least: 1, most: 10, default: 4 },
  ],
  columns: [{ name: 'who', title: 'who', meaning: 'who it is' }],
  scope: { columns: ['whoKey'], meaning: 'who' },
  example: {},
  query: 'every',
  row: z.object({ who: z.string(), whoKey: z.string() }),
  answer: (rows) => ({ rows, summary: (told) => `${told.length} of them` }),
});
const who = ['shop/web', 'shop/books', 'bank/vault'].map((name) => ({
  who: name,
  whoKey: `c/${name.replace('/', '/Deployment/')}`,
}));
const owners = [
  { key: 'c/Namespace/shop', owner: 'sales' },
  { key: 'c/shop/Deployment/web', owner: 'front' },
  { key: 'c/Namespace/bank', owner: 'money' },
];

async function askFor(id: string, asked: Partial<Asked> = {}, clusters = ['c']) {
  const queries: Readonly<Record<string, unknown>>[] = [];
  const question = id === 'every' ? every : QUESTIONS.find((one) => one.id === id)!;
  const deps: AskDeps = {
    readClusters: async () => clusters.map((cluster) => ({ cluster, newest, oldest })),
    readWalk: async () => makeWalk([]),
    readFreshness: async (cluster, { at }) => ({
      cluster,
      at,
      newest: { traffic: at - 60_000, cluster: null, certificates: null },
      ageMs: { traffic: 60_000, cluster: null, certificates: null },
      notes: ['half of it is known'],
    }),
    readRows: async (query, parameters) => {
      if (query !== question.query) {
        if (query.includes('OWNED_BY')) return owners;
        return query.includes(':Namespace') ? [{ name: 'shop' }, { name: 'bank' }] : nodes;
      }
      queries.push(parameters);
      if (id === 'every') return who;
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
  [
    'callers',
    { values: { calee: 'shop/books' } },
    'the question callers takes callee=..., not "calee"; did you mean callee?',
  ],
  ['identities', { limit: '0' }, 'limit is a whole number from 1 to 100000, not "0"'],
  ['identities', { limit: 'all' }, 'limit is a whole number from 1 to 100000, not "all"'],
  [
    'identities',
    { at: '2026-11-13T17:59:59Z' },
    'the graph knows c since 2026-11-13T18:00:00Z: of 2026-11-13T17:59:59Z nothing',
  ],
  ['every', {}, 'the question every wants what: what is meant'],
  ['every', { values: { what: 'secret' } }, 'what is one of secrets, tokens, not "secret"; did you mean secrets?'],
  ['every', { values: { what: 'tokens', hops: '11' } }, 'hops is a whole number from 1 to 10, not "11"'],
  ['every', { values: { what: 'tokens', until: 'soon' } }, 'an instant is written like'],
  ['every', { values: { what: 'tokens' }, namespace: 'shup' }, 'knows no namespace "shup"; did you mean shop?'],
  ['every', { values: { what: 'tokens' }, owner: 'moneys' }, 'nothing is owned by "moneys"; did you mean money?'],
])('asked wrongly, %s %o says what was expected', async (id, asked, message) => {
  await expect(askFor(id, asked)).rejects.toThrow(message);
});

test('with several clusters one must be named, with none there is nothing to ask', async () => {
  await expect(askFor('identities', {}, ['a', 'b'])).rejects.toThrow('say which is meant by cluster (a, b)');
  expect((await askFor('identities', { cluster: 'b' }, ['a', 'b'])).asked).toMatchObject({ cluster: 'b' });
  await expect(askFor('identities', {}, [])).rejects.toThrow('the graph is empty');
});

test('every kind of parameter reaches the query as what it means, an absent one as its default or null', async () => {
  const values = { what: 'tokens', near: 'shop/books', until: '-2h', word: 'one', hops: '7' };
  expect((await askFor('every', { values })).asked).toMatchObject({
    what: 'tokens',
    near: 'c/books',
    until: newest - 2 * HOUR,
    word: 'one',
    hops: 7,
  });
  const fewest = await askFor('every', { values: { what: 'secrets' } });
  expect(fewest.asked).toMatchObject({ what: 'secrets', near: null, until: null, word: 'any', hops: 4 });
});

test('a filter leaves what lives in the namespace, and what the team owns itself or by its namespace', async () => {
  const told = async (scope: Partial<Asked>) => {
    const { answered } = await askFor('every', { values: { what: 'tokens' }, ...scope });
    return [answered.summary, answered.rows.map((row) => row.who)];
  };
  expect(await told({ namespace: 'shop' })).toEqual(['2 of them', ['shop/web', 'shop/books']]);
  expect(await told({ owner: 'sales' })).toEqual(['1 of them', ['shop/books']]);
  expect(await told({ owner: 'money' })).toEqual(['1 of them', ['bank/vault']]);
  expect(await told({ namespace: 'bank', owner: 'front' })).toEqual(['0 of them', []]);
});

test('what a limit leaves out is said, and counted', async () => {
  const { answered } = await askFor('every', { values: { what: 'tokens' }, limit: '2' });
  expect(answered).toMatchObject({
    summary: '3 of them',
    total: 3,
    rows: [{ who: 'shop/web' }, { who: 'shop/books' }],
  });
  expect(answered.notes[0]).toBe('of 3 rows the first 2 are told: ask for more by limit, or about less');
});

test('every answer says how new it is, as of the instant asked about', async () => {
  const { answered } = await askFor('identities', { at: '2026-11-23T17:00:00Z' });
  expect(answered.notes).toEqual([
    'half of it is known',
    'as of 2026-11-23T17:00:00Z the newest are: traffic window of 2026-11-23T16:59:00Z (1m before), no scan of the cluster',
  ]);
  expect(answered.freshness[0]?.ageMs.traffic).toBe(60_000);
});
