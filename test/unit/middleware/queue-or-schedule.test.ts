import type { Context } from 'aws-lambda';
import { expect, test } from 'vitest';
import { queueOrSchedule } from '../../../shared/middleware/queue-or-schedule.ts';

const context = {} as Context;

test('messages of a queue go to its handler, anything else is the schedule', async () => {
  const runs: string[] = [];
  const answer = { batchItemFailures: [{ itemIdentifier: '1' }] };
  const handler = queueOrSchedule(
    async ({ Records }) => {
      runs.push(`queue ${Records.length}`);
      return answer;
    },
    async () => void runs.push('schedule'),
  );
  expect(await handler({ Records: [{}] }, context)).toBe(answer);
  expect(await handler({}, context)).toBeUndefined();
  expect(await handler(undefined, context)).toBeUndefined();
  expect(runs).toEqual(['queue 1', 'schedule', 'schedule']);
});
