import { expect, test } from 'vitest';
import { UnavailableError } from '../../../shared/domain/errors.ts';
import { scheduleHandler } from '../../../shared/middleware/schedule-handler.ts';
import { consoleLines } from '../../console-lines.ts';
import { lambdaContext } from '../../lambda-event.ts';

const lines = consoleLines();
const service = 'under-test';

test('a run that went well answers nothing', async () => {
  const handler = scheduleHandler({
    service,
    open: async () => 2,
    work: async (two, { log }) => log.info('ran', { two }),
  });
  expect(await handler({}, lambdaContext())).toBeUndefined();
  expect(lines.all()).toContainEqual(expect.objectContaining({ message: 'ran', two: 2, service }));
});

test('a failed run fails, so that Lambda runs it again, and says why', async () => {
  const cause = new Error('connection reset');
  const handler = scheduleHandler({
    service,
    open: async () => undefined,
    work: async () => {
      throw new UnavailableError('the bucket does not answer', { cause });
    },
  });
  await expect(handler({ secret: 'PASSWORD' }, lambdaContext())).rejects.toThrow('the bucket does not answer');
  expect(lines.all().find(({ level }) => level === 'ERROR')).toMatchObject({
    message: 'the run failed',
    error: 'UnavailableError',
    reason: 'the bucket does not answer',
    causes: ['Error: connection reset'],
  });
  expect(lines.text()).not.toContain('PASSWORD');
});

test('what it needs is opened once for all runs', async () => {
  let opened = 0;
  const handler = scheduleHandler({ service, open: async () => ++opened, work: async () => {} });
  await handler({}, lambdaContext());
  await handler({}, lambdaContext());
  expect(opened).toBe(1);
});

test('it stops at 80 % of the time-out', async () => {
  const handler = scheduleHandler({ service, open: async () => 0, work: () => new Promise(() => {}) });
  const began = performance.now();
  await expect(handler({}, lambdaContext(1_000))).rejects.toThrow('stopped at 80 %');
  expect(performance.now() - began).toBeLessThan(990);
});
