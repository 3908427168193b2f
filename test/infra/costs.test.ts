import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bill, renderCosts } from '../../scripts/costs/page.ts';
import { billedStack, runsOf } from '../../scripts/costs/stack.ts';
import { monthlyUsage, runsOfFunctions } from '../../scripts/costs/usage.ts';
import { SIZES } from '../../scripts/costs/work.ts';
import { synthesise } from './synthesise.ts';

const { template, stack } = synthesise('least');
const billed = billedStack(template.toJSON() as never, stack.stackName);

test('docs/costs.md is what the stack, the measurements and the prices give', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/costs.md'), 'utf8');
  expect(page, 'run `npm run costs`').toBe(renderCosts(template.toJSON() as never, stack.stackName));
});

test('the bill is that of all functions, queues and alarms in the template', () => {
  expect([...billed.memory.keys()].sort()).toEqual(Object.keys(runsOfFunctions(billed)).sort());
  expect(billed.polled).toEqual({ standard: 3, fifo: 3 });
  expect(billed.scheduled.get('plan-scans')).toBe((30 * 24 * 60) / 5);
  expect(billed.alarmMetrics).toBeGreaterThan(3 * billed.memory.size);
});

test('schedules are counted as AWS runs them', () => {
  expect(['rate(1 minute)', 'rate(15 minutes)', 'cron(1/5 * * * ? *)', 'cron(2 * * * ? *)'].map(runsOf)).toEqual([
    43_200, 2_880, 8_640, 720,
  ]);
  expect(() => runsOf('cron(0 12 ? * MON *)')).toThrow('expected rate(N minutes)');
});

test('a function of twice the memory that only waits costs twice as much, one that only computes the same', () => {
  const [size] = SIZES;
  const seconds = (memory: number, run: { computing: number; waiting: number }): number => {
    const runs = { ...size!.runs, 'read-traffic': run };
    const usage = monthlyUsage(
      { ...billed, memory: new Map([...billed.memory, ['read-traffic', memory]]) },
      { ...size!, runs },
    );
    return usage.find(({ unit }) => unit === 'lambdaGigabyteSecond')!.amount;
  };
  const starting = (memory: number) => seconds(memory, { computing: 0, waiting: 0 });
  const waiting = (memory: number) => seconds(memory, { computing: 0, waiting: 10 }) - starting(memory);
  const computing = (memory: number) => seconds(memory, { computing: 10, waiting: 0 }) - starting(memory);
  expect(waiting(512)).toBeCloseTo(2 * waiting(256));
  expect(computing(512)).toBeCloseTo(computing(256));
  expect(computing(3538)).toBeCloseTo(2 * computing(1769));
});

test('what every account is given comes off, and nothing becomes a credit', () => {
  const { list, given } = bill([
    { service: 'Lambda', unit: 'lambdaRequest', amount: 3_000_000 },
    { service: 'KMS', unit: 'kmsRequest', amount: 10 },
  ]);
  expect(list).toBeCloseTo(0.6 + 0.00003);
  expect(given).toBeCloseTo(0.4);
});
