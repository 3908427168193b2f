import { expect, test } from 'vitest';
import * as z from 'zod';
import {
  ContractError,
  ForbiddenError,
  InvalidInputError,
  NotFoundError,
  UnavailableError,
} from '../../../shared/domain/errors.ts';
import { type QueueWork, queueHandler } from '../../../shared/middleware/queue-handler.ts';
import { consoleLines } from '../../console-lines.ts';
import { lambdaContext, sqsEvent, sqsRecord } from '../../lambda-event.ts';

const message = z.strictObject({
  cluster: z.string(),
  source: z.string(),
  key: z.string(),
  secret: z.string().optional(),
});
type Message = z.infer<typeof message>;
const FIFO = 'meshgraph-observations.fifo';
const lines = consoleLines();

function handlerOf(work: QueueWork<Message, string>['work'], changes: Partial<QueueWork<Message, string>> = {}) {
  const postponed: [string, number][] = [];
  const worked: string[] = [];
  const handler = queueHandler<Message, string>({
    service: 'under-test',
    message,
    open: async () => 'deps',
    work: async (deps, one, run) => {
      worked.push(one.key);
      await work(deps, one, run);
    },
    postpone: async ({ messageId }, seconds) => {
      postponed.push([messageId, seconds]);
    },
    ...changes,
  });
  const invoke = async (records: ReturnType<typeof sqsRecord>[], timeoutMs?: number) => {
    const { batchItemFailures } = await handler(sqsEvent(...records), lambdaContext(timeoutMs));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return { invoke, postponed, worked };
}

const about = (key: string, cluster = 'prod'): Message => ({ cluster, source: 'traffic', key });
const record = (id: string, options?: Parameters<typeof sqsRecord>[2]) => sqsRecord(id, about(id), options);
const failFor =
  (key: string, error: Error): QueueWork<Message, string>['work'] =>
  async (_, one) => {
    if (one.key === key) throw error;
  };

test('what went well is not returned', async () => {
  const { invoke, postponed, worked } = handlerOf(async () => {});
  expect(await invoke([record('a'), record('b')])).toEqual([]);
  expect([worked, postponed]).toEqual([['a', 'b'], []]);
});

test('of a standard queue only the messages that failed come again', async () => {
  const { invoke, worked } = handlerOf(failFor('b', new UnavailableError('away')));
  expect(await invoke([record('a'), record('b'), record('c')])).toEqual(['b']);
  expect(worked).toEqual(['a', 'b', 'c']);
});

test('of a FIFO queue the rest of a failed group comes again untried, other groups go on', async () => {
  const { invoke, worked, postponed } = handlerOf(failFor('b', new UnavailableError('away')));
  const of = (id: string, group: string) => record(id, { queue: FIFO, group, attempt: 2 });
  expect(await invoke([of('a', 'prod'), of('b', 'prod'), of('x', 'test'), of('c', 'prod')])).toEqual(['b', 'c']);
  expect(worked).toEqual(['a', 'b', 'x']);
  expect(postponed).toEqual([
    ['b', 30],
    ['c', 30],
  ]);
});

test('a message of a FIFO queue that no retry will help holds nobody up', async () => {
  const { invoke, worked } = handlerOf(failFor('b', new ContractError('half')));
  const of = (id: string) => record(id, { queue: FIFO, group: 'prod' });
  expect(await invoke([of('a'), of('b'), of('c')])).toEqual(['b']);
  expect(worked).toEqual(['a', 'b', 'c']);
});

test('groups of a standard queue have no order to keep', async () => {
  const { invoke } = handlerOf(failFor('a', new UnavailableError('away')));
  expect(await invoke([record('a', { group: 'prod' }), record('b', { group: 'prod' })])).toEqual(['a']);
});

test('what may pass waits longer each time, or as long as the other side asks', async () => {
  const { invoke, postponed } = handlerOf(failFor('a', new UnavailableError('away')));
  for (const attempt of [1, 2, 4, 9]) await invoke([record('a', { attempt })]);
  expect(postponed.map(([, seconds]) => seconds)).toEqual([15, 30, 120, 900]);
  const asked = handlerOf(failFor('a', new UnavailableError('busy', { retryAfterSeconds: 42 })));
  await asked.invoke([record('a', { attempt: 5 })]);
  expect(asked.postponed).toEqual([['a', 42]]);
});

test('a refusal waits like an outage, since somebody can mend it, but is counted as one', async () => {
  const { invoke, postponed } = handlerOf(failFor('a', new ForbiddenError('wrong password')));
  const of = (id: string) => record(id, { queue: FIFO, group: 'prod', attempt: 3 });
  expect(await invoke([of('a'), of('b')])).toEqual(['a', 'b']);
  expect(postponed).toEqual([
    ['a', 60],
    ['b', 60],
  ]);
  expect(lines.all()).toContainEqual(expect.objectContaining({ MessageRefused: 1, service: 'under-test' }));
});

test.each([InvalidInputError, ContractError, NotFoundError])(
  'what will not pass (%o) is returned at once, on its way to the dead-letter queue, and told',
  async (Kind) => {
    const { invoke, postponed } = handlerOf(failFor('a', new Kind('no way')));
    expect(await invoke([record('a')])).toEqual(['a']);
    expect(postponed).toEqual([['a', 1]]);
    const [line] = lines.all().filter(({ level }) => level === 'ERROR');
    expect(line).toMatchObject({ message: 'failed: no retry will help', error: Kind.name, reason: 'no way' });
    expect(line?.stack).toBeUndefined();
    expect(lines.all()).toContainEqual(expect.objectContaining({ MessageRefused: 1, service: 'under-test' }));
  },
);

test('a fault of ours is returned, with its trace in the log', async () => {
  const { invoke } = handlerOf(failFor('a', new TypeError('undefined is not a function')));
  expect(await invoke([record('a')])).toEqual(['a']);
  expect(lines.all().find(({ level }) => level === 'ERROR')?.stack).toContain('queue-handler.test.ts');
});

test('a message that breaks its schema is never worked on, and what it holds is not logged', async () => {
  const { invoke, worked } = handlerOf(async () => {});
  const strange = sqsRecord('a', { cluster: 'prod', key: 'k', source: 3, hush: 'PASSWORD' });
  expect(await invoke([strange, sqsRecord('b', null, { body: 'PASSWORD{' })])).toEqual(['a', 'b']);
  expect(worked).toEqual([]);
  expect(lines.text()).toContain('the message breaks its schema at source (invalid_type)');
  expect(lines.text()).toContain('expected a message in JSON, got 9 characters that are not');
  expect(lines.text()).not.toContain('PASSWORD');
});

test('lines carry ids, never the event or what else a message holds', async () => {
  const { invoke } = handlerOf(async (_, __, { log }) => log.info('done', { rows: 3 }));
  await invoke([sqsRecord('a', { ...about('the-key'), secret: 'PASSWORD' })]);
  expect(lines.all()).toContainEqual(
    expect.objectContaining({
      message: 'done',
      service: 'under-test',
      cluster: 'prod',
      source: 'traffic',
      key: 'the-key',
      delivery: 'a',
      attempt: 1,
      rows: 3,
    }),
  );
  expect(lines.text()).not.toContain('PASSWORD');
  expect(lines.text()).not.toContain('receipt-a');
});

test('a failure is counted as its function says, by cluster', async () => {
  const { invoke } = handlerOf(failFor('a', new UnavailableError('away')), { failureMetric: 'GraphRefused' });
  await invoke([record('a')]);
  const counted = lines.all().find((line) => 'GraphRefused' in line);
  expect(counted).toMatchObject({ GraphRefused: 1, cluster: 'prod', service: 'under-test' });
  expect(counted?._aws).toMatchObject({
    CloudWatchMetrics: [{ Namespace: 'meshgraph', Dimensions: [['service', 'cluster']] }],
  });
});

test('work stops at 80 % of the time-out: what runs is told, what waits is given back at once', async () => {
  let told: unknown;
  const { invoke, worked, postponed } = handlerOf(
    (_, __, { deadline }) =>
      new Promise((_, reject) => {
        deadline.signal.addEventListener('abort', () => {
          told = deadline.signal.reason;
          reject(told);
        });
      }),
  );
  const began = performance.now();
  expect(await invoke([record('a'), record('b')], 1_000)).toEqual(['a', 'b']);
  expect(performance.now() - began).toBeGreaterThan(750);
  expect(performance.now() - began).toBeLessThan(990);
  expect([worked, postponed]).toEqual([
    ['a'],
    [
      ['a', 0],
      ['b', 0],
    ],
  ]);
  expect(String(told)).toContain('stopped at 80 %');
});

test('work that does not listen is left behind all the same', async () => {
  const { invoke } = handlerOf(() => new Promise(() => {}));
  const began = performance.now();
  expect(await invoke([record('a')], 1_000)).toEqual(['a']);
  expect(performance.now() - began).toBeLessThan(990);
});

test('what it needs is opened once; when that fails the message comes again and it is opened anew', async () => {
  let opened = 0;
  const { invoke } = handlerOf(async () => {}, {
    open: async () => {
      opened++;
      if (opened === 1) throw new UnavailableError('the graph does not answer');
      return 'deps';
    },
  });
  expect(await invoke([record('a')])).toEqual(['a']);
  expect(await invoke([record('a'), record('b')])).toEqual([]);
  expect(opened).toBe(2);
});

test('a message that cannot be postponed is still returned, and the failure told', async () => {
  const { invoke } = handlerOf(failFor('a', new UnavailableError('away')), {
    postpone: async () => {
      throw new Error('no such receipt');
    },
  });
  expect(await invoke([record('a')])).toEqual(['a']);
  expect(lines.text()).toContain('could not be postponed');
});
