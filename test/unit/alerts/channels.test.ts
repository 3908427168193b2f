import { expect, test } from 'vitest';
import { RefusedMessageError } from '../../../shared/domain/alerts/channel.ts';
import { eventsChannel, securityChannel } from '../../../shared/domain/alerts/channels.ts';
import { jsonBytes } from '../../../shared/domain/alerts/fit-evidence.ts';
import type { SecurityFinding } from '../../../shared/domain/alerts/security-finding.ts';
import { alertOf, at } from './example.ts';

const print = (n: number): string => n.toString(16).padStart(32, '0');
const waiting = (count: number, message = 'x') =>
  Array.from({ length: count }, (_, n) => {
    const { finding, check, about } = alertOf(print(n));
    const row = { evidence: message.slice(0, 500), more: Array(40).fill(message.slice(0, 150)) };
    const detailed = { key: finding, fingerprint: print(n), check, about, severity: 'high' as const, message, row };
    return { alert: alertOf(print(n), { finding: detailed }), first: false };
  });

test('events go ten to a request, and fewer where they are large', () => {
  const sizes = (count: number, message?: string) =>
    eventsChannel(async () => [], 10)
      .plan(waiting(count, message))
      .map(({ alerts }) => alerts);
  expect(sizes(23).map(({ length }) => length)).toEqual([10, 10, 3]);
  const large = sizes(40, '語'.repeat(3_000));
  expect(large.flat()).toHaveLength(40);
  for (const alerts of large) expect(alerts.reduce((sum, alert) => sum + jsonBytes(alert), 0)).toBeLessThan(256 * 1024);
});

test('events that were not taken are told apart from those that were', async () => {
  const error = new RefusedMessageError('malformed');
  const all = waiting(3);
  const [delivery] = eventsChannel(async () => [undefined, error, undefined], 10).plan(all);
  expect(await delivery?.send()).toEqual([{ alert: all[1]?.alert, error }]);
});

test('of several changes of a finding Security Hub gets the newest, and all count as told', async () => {
  const sent: SecurityFinding[] = [];
  const home = { partition: 'aws', region: 'eu-central-1', account: '123456789012' };
  const changes = [alertOf(print(1)), alertOf(print(2)), alertOf(print(1), { change: 'resolved', at: at + 60_000 })];
  const channel = securityChannel(
    home,
    async (findings) => {
      sent.push(...findings);
      return new Map();
    },
    100,
  );
  const [delivery] = channel.plan(changes.map((alert) => ({ alert, first: false })));
  expect(await delivery?.send()).toEqual([]);
  expect(sent.map(({ RecordState }) => RecordState)).toEqual(['ARCHIVED', 'ACTIVE']);
  expect(new Set(delivery?.alerts)).toEqual(new Set(changes));
});
