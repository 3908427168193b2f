import { App } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { readSwitch } from '../../infra/read-switch.ts';

const read = (context: Record<string, unknown>) =>
  readSwitch(new App({ context, analyticsReporting: false }), 'reserveConcurrency');

test.each([
  ['nobody', {}, true],
  ['-c', { reserveConcurrency: 'false' }, false],
  ['cdk.json', { reserveConcurrency: false }, false],
  ['cdk.json, on,', { reserveConcurrency: true }, true],
])('what %s says of a switch counts', (_, context, expected) => {
  expect(read(context)).toBe(expected);
});

test('a switch that is neither on nor off is refused', () => {
  expect(() => read({ reserveConcurrency: 'no' })).toThrow('-c reserveConcurrency takes true or false, not "no"');
});
