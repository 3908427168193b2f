import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAnswer } from '../../../shared/adapters/prometheus-answer.ts';

const answerOf = (result: unknown, indent?: number): string =>
  JSON.stringify({ status: 'success', data: { resultType: 'vector', result } }, null, indent);

test('whatever labels hold, brackets and escaped quotes among it, comes out as it went in', () => {
  const nasty = fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', 'a', 'é', '\n') });
  const series = fc.record({
    metric: fc.dictionary(
      nasty.filter((name) => name !== '__proto__'),
      nasty,
    ),
    value: fc.tuple(fc.nat(), fc.nat().map(String)),
  });
  fc.assert(
    fc.property(fc.array(series), fc.constantFrom(undefined, 2), (result, indent) => {
      expect(parseAnswer(answerOf(result, indent)).series).toEqual(
        result.map(({ metric, value: [seconds, text] }) => ({
          labels: metric,
          times: [seconds * 1000],
          values: [Number(text)],
        })),
      );
    }),
  );
});

test('samples of a range come in milliseconds, infinities as numbers, and an element without samples is empty', () => {
  const { series } = parseAnswer(
    answerOf([
      {
        metric: {},
        values: [
          [1.5, '+Inf'],
          [2, '-Inf'],
          [3, 'NaN'],
        ],
      },
      { metric: { a: 'b' } },
    ]),
  );
  expect(series).toEqual([
    { labels: {}, times: [1500, 2000, 3000], values: [Infinity, -Infinity, Number.NaN] },
    { labels: { a: 'b' }, times: [], values: [] },
  ]);
});

test('warnings are found on either side of the result', () => {
  const data = { resultType: 'vector', result: [{ metric: {}, value: [1, '2'] }] };
  expect(parseAnswer(JSON.stringify({ status: 'success', warnings: ['w'], data })).warnings).toEqual(['w']);
  expect(parseAnswer(JSON.stringify({ status: 'success', data, warnings: ['w'] })).warnings).toEqual(['w']);
});

test('an answer cut off anywhere is a SyntaxError, never a shorter answer', () => {
  const whole = answerOf([
    { metric: { a: '{"' }, value: [1, '2'] },
    { metric: {}, value: [1, '3'] },
  ]);
  for (let length = 0; length < whole.length; length++) {
    expect(() => parseAnswer(whole.slice(0, length)), whole.slice(0, length)).toThrow(SyntaxError);
  }
});

test.each([
  ['labels that are no texts', [{ metric: { a: 1 }, value: [1, '2'] }]],
  ['a value that is a number', [{ metric: {}, value: [1, 2] }]],
  ['a series without labels', [{ value: [1, '2'] }]],
  ['an array of numbers', [1, 2]],
])('%s are refused as another shape', (_, result) => {
  expect(() => parseAnswer(answerOf(result))).toThrow(expect.not.objectContaining({ name: 'SyntaxError' }));
});
