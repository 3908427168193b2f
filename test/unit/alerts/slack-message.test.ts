import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeDigest } from '../../../shared/domain/alerts/digest.ts';
import type { Parcel } from '../../../shared/domain/alerts/plan-parcels.ts';
import type { SlackBlock, SlackMessage } from '../../../shared/domain/alerts/slack-blocks.ts';
import { slackMessageOf } from '../../../shared/domain/alerts/slack-message.ts';
import { slackCode, slackText } from '../../../shared/domain/alerts/slack-text.ts';
import { alertOf, anyAlert, at, hostileText } from './example.ts';

const parcel: fc.Arbitrary<Parcel> = fc.oneof(
  anyAlert.map((alert): Parcel => ({ kind: 'alert', alert, alerts: [alert] })),
  fc.tuple(anyAlert, fc.array(anyAlert, { maxLength: 30 })).map(([first, rest]): Parcel => {
    return { kind: 'digest', digest: composeDigest([first, ...rest], false), alerts: [first, ...rest] };
  }),
);

/** Every text of a message that Slack would parse, and those it shows as they are. */
function textsOf({ text, blocks }: SlackMessage) {
  const mrkdwn = blocks.flatMap((block) => {
    if (block.type === 'context') return block.elements;
    if (block.type === 'section') return 'fields' in block ? block.fields : [block.text];
    return [];
  });
  const plain = blocks.flatMap((block) => (block.type === 'header' ? [block.text] : []));
  return { parsed: [text, ...mrkdwn.map((one) => one.text)], mrkdwn, plain };
}

describe('whatever a cluster is called', () => {
  test('nothing in the message mentions anybody, links anywhere or leaves an escape half', () => {
    fc.assert(
      fc.property(parcel, (one) => {
        const { parsed, mrkdwn, plain } = textsOf(slackMessageOf(one));
        for (const text of parsed) {
          expect(text).not.toMatch(/[<>]/);
          expect(text).not.toMatch(/&(?!(amp|lt|gt);)/);
          expect(text).not.toMatch(/@(?!\u200B)/);
          expect(text.replace(/`[^`]*`/g, '')).not.toMatch(/:[\w+-]+:|:\/\/|#(?!\u200B)/);
        }
        for (const { verbatim } of mrkdwn) expect(verbatim).toBe(true);
        for (const { emoji } of plain) expect(emoji).toBe(false);
      }),
    );
  });

  test('formatting begins and ends only where meshgraph put it', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(slackText(text, 3_000)).not.toMatch(/[`*~]|_(?!\u200B)/);
        expect(slackCode(text, 3_000).slice(1, -1)).not.toMatch(/`/);
      }),
    );
  });

  test('it keeps to the limits Slack documents', () => {
    fc.assert(
      fc.property(parcel, (one) => {
        const { text, blocks } = slackMessageOf(one);
        expect(blocks.length).toBeLessThanOrEqual(50);
        for (const [part, most] of [[text, 4_000] as const, ...blocks.flatMap(measured)]) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(most);
        }
      }),
    );
  });

  test('it is well-formed text on its way: no halves of characters, no controls but line breaks of ours', () => {
    fc.assert(
      fc.property(parcel, (one) => {
        const json = JSON.stringify(slackMessageOf(one));
        expect(json.isWellFormed()).toBe(true);
        expect(json).not.toMatch(/\\u00(?!0a)|\\ud[89a-f]|[\u202A-\u202E\u2066-\u2069]/);
      }),
    );
  });
});

/** The texts of a block with Slack's limits for them: https://docs.slack.dev/reference/block-kit/blocks */
function measured(block: SlackBlock): (readonly [text: string, most: number])[] {
  if (block.type === 'header') return [[block.text.text, 150]];
  if (block.type === 'section' && 'text' in block) return [[block.text.text, 3_000]];
  const texts = block.type === 'context' ? block.elements : block.fields;
  expect(texts.length).toBeLessThanOrEqual(10);
  return texts.map(({ text }) => [text, block.type === 'context' ? 3_000 : 2_000]);
}

const messageOf = (change: 'opened' | 'resolved', later = 0): string =>
  JSON.stringify(
    slackMessageOf({
      kind: 'alert',
      alert: alertOf(undefined, { change, at: at + later, openedAt: at }),
      alerts: [],
    }),
  );

test('the blocks are such as Slack itself types', () => {
  const alert = alertOf();
  const blocks: KnownBlock[] = slackMessageOf({ kind: 'alert', alert, alerts: [alert] }).blocks;
  expect(blocks.map(({ type }) => type)).toEqual(['header', 'section', 'section', 'section', 'section', 'context']);
});

test('an alert says what, where, since when, by what evidence, what to do and how to look', () => {
  const text = messageOf('opened').replaceAll('\u200B', '');
  for (const part of [
    'Opened (high): denied-arrivals in prod (aaaaaaaa)',
    'rogue/scanner was denied 118 times',
    'books',
    'team-books',
    '2026-11-24T12:00:00Z',
    'identity  `scanner.rogue.serviceaccount.identity.linkerd.cluster.local`',
    'If the call is legitimate',
    '`meshgraph check denied-arrivals --cluster prod --at 2026-11-24T12:00:00Z`',
    'docs/checks.md#denied-arrivals',
  ]) {
    expect(text).toContain(part);
  }
});

test('the resolution has the title and the opening date of the first message', () => {
  const text = messageOf('resolved', 3_600_000);
  expect(text).toContain('Resolved (high): denied-arrivals in prod (aaaaaaaa)');
  expect(text).toContain('*Was open since*');
  expect(text.replaceAll('\u200B', '')).toContain('2026-11-24T12:00:00Z');
});

test('a digest counts by check and names the gravest first', () => {
  const grave = alertOf('b'.repeat(32), {
    finding: { ...alertOfFinding(), severity: 'critical', message: 'the worst' },
  });
  const alerts = [alertOf('c'.repeat(32)), alertOf('d'.repeat(32)), grave] as const;
  const digest = composeDigest(alerts as never, true);
  const text = JSON.stringify(slackMessageOf({ kind: 'digest', digest, alerts })).replaceAll('\u200B', '');
  expect(digest).toMatchObject({ severity: 'critical', changes: 3, reason: 'firstRun' });
  expect(digest.gravest[0]).toMatchObject({ message: 'the worst' });
  expect(text).toContain('3 opened  `denied-arrivals`  (critical)');
  expect(text).toContain('`meshgraph check --cluster prod --at 2026-11-24T12:00:00Z`');
});

const alertOfFinding = () => {
  const { check, finding: key, message, about } = alertOf('b'.repeat(32));
  return { check, key, message, about, fingerprint: 'b'.repeat(32), row: {} };
};
