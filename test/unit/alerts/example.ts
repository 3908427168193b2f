import fc from 'fast-check';
import { SEVERITIES } from '../../../shared/checks/check.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';
import type { Alert } from '../../../shared/domain/alerts/alert.ts';
import { composeAlert, type FindingEvent } from '../../../shared/domain/alerts/compose-alert.ts';
import { FINDING_CHANGES } from '../../../shared/domain/alerts/finding-change.ts';

export const at = Date.parse('2026-11-24T12:00:00Z');

/** What an evaluation saw of one finding; `print` tells findings apart. */
export const eventOf = (print = 'a'.repeat(32), more: Partial<FindingEvent> = {}): FindingEvent => ({
  change: 'opened',
  at,
  cluster: 'prod',
  openedAt: at,
  namespaces: ['books'],
  owners: ['team-books'],
  finding: {
    key: `prod/Finding/${print}`,
    fingerprint: print,
    check: 'denied-arrivals',
    severity: 'high',
    message: 'rogue/scanner was denied 118 times at books/books:7002 by Server books',
    about: [{ label: 'Workload', key: 'prod/books/Deployment/books' }],
    row: { identity: 'scanner.rogue.serviceaccount.identity.linkerd.cluster.local', port: 7002, count: 118 },
  },
  ...more,
});

export const alertOf = (print?: string, more?: Partial<FindingEvent>): Alert => composeAlert(eventOf(print, more));

/** Signs that mean something to Slack, to JSON, to terminals and to nobody. */
const nasty = fc.constantFrom(
  ...[
    '<!channel>',
    '<!here|here>',
    '<@U123>',
    '<#C1>',
    '@channel',
    '<http://evil.test|ok>',
    'http://evil.test',
    '&lt;',
    '`',
  ],
  ...[
    '```',
    '*',
    '_',
    '~',
    '\n',
    '\r\n',
    '\u2028',
    '\u202E',
    '\uD800',
    '\u0000',
    ':boom:',
    '> ',
    '😀',
    'x'.repeat(400),
  ],
);
export const hostileText = fc
  .array(fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.string()), { maxLength: 40 })
  .map((parts) => parts.join(''));

const value = fc.oneof(
  hostileText,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(hostileText, { maxLength: 80 }),
);

/** Any event, told by a cluster whose every name is hostile. */
export const anyEvent: fc.Arbitrary<FindingEvent> = fc.record({
  change: fc.constantFrom(...FINDING_CHANGES),
  at: fc.integer({ min: at, max: at + 1e9 }),
  cluster: fc.constant('prod'),
  openedAt: fc.constant(at),
  namespaces: fc.array(hostileText, { maxLength: 80 }),
  owners: fc.array(hostileText, { maxLength: 80 }),
  finding: fc.record({
    key: fc.stringMatching(/^prod\/Finding\/[0-9a-f]{32}$/),
    fingerprint: fc.stringMatching(/^[0-9a-f]{32}$/),
    check: fc.constantFrom(...CHECKS.map(({ id }) => id)),
    severity: fc.constantFrom(...SEVERITIES),
    message: hostileText,
    about: fc.array(fc.record({ label: fc.constant('Workload'), key: hostileText }), { maxLength: 60 }),
    row: fc.dictionary(hostileText, value, { maxKeys: 40 }),
  }),
});

export const anyAlert: fc.Arbitrary<Alert> = anyEvent.map(composeAlert);
