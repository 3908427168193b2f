import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composeDigest } from '../../../shared/domain/alerts/digest.ts';
import { eventOf as busEventOf } from '../../../shared/domain/alerts/event-of.ts';
import { jsonBytes } from '../../../shared/domain/alerts/fit-evidence.ts';
import { ALERT_SCHEMAS } from '../../../shared/domain/alerts/schemas.ts';
import { securityFindingOf } from '../../../shared/domain/alerts/security-finding.ts';
import { snsMessageOf } from '../../../shared/domain/alerts/sns-message.ts';
import { alertOf, anyAlert, at } from './example.ts';

const ajv = new Ajv2020({ allErrors: true });
const validators = Object.fromEntries(
  Object.entries(ALERT_SCHEMAS).map(([name, schema]) => [name, ajv.compile(schema())]),
);
const expectValid = (name: string, document: unknown): void => {
  expect(validators[name]?.(document), ajv.errorsText(validators[name]?.errors)).toBe(true);
};

/** SNS, SQS and EventBridge take 256 KB. */
const LIMIT = 256 * 1024;

test('what is sent is what the published schemas say', () => {
  fc.assert(
    fc.property(anyAlert, fc.array(anyAlert, { maxLength: 20 }), (alert, more) => {
      const digest = composeDigest([alert, ...more], false);
      const event = busEventOf(alert);
      expectValid('alert.v1.json', JSON.parse(snsMessageOf({ kind: 'alert', alert, alerts: [] }).body));
      expectValid('alert-digest.v1.json', JSON.parse(snsMessageOf({ kind: 'digest', digest, alerts: [] }).body));
      expectValid('event.v1.json', {
        source: event.source,
        'detail-type': event.detailType,
        detail: JSON.parse(event.detail),
      });
    }),
    { numRuns: 50 },
  );
});

test('a schema refuses what is no alert', () => {
  expect(validators['alert.v1.json']?.({ ...alertOf(), change: 'vanished' })).toBe(false);
  expect(validators['alert.v1.json']?.({ ...alertOf(), openedAt: '2026-11-24T12:00:00Z' })).toBe(false);
});

test('whatever a check found, the message keeps below the limits of SNS', () => {
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const { subject, body, attributes } = snsMessageOf({ kind: 'alert', alert, alerts: [] });
      expect(jsonBytes(body) + jsonBytes(attributes)).toBeLessThan(LIMIT);
      expect(subject).toMatch(/^[\x20-\x7E]{1,100}$/);
      expect(Object.keys(attributes).length).toBeLessThanOrEqual(10);
      for (const value of Object.values(attributes)) expect(value.length).toBeGreaterThan(0);
    }),
  );
  const rows = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`column${i}`, Array(2_000).fill('x'.repeat(900))]),
  );
  const huge = alertOf(undefined, { finding: { ...eventFinding(), row: rows, message: 'y'.repeat(1_000_000) } });
  expect(jsonBytes(huge)).toBeLessThan(16_000);
});

const eventFinding = () => {
  const { check, finding: key, about } = alertOf();
  return { check, key, about, severity: 'high' as const, fingerprint: 'a'.repeat(32) };
};

test('filter policies can go by severity, check, cluster, namespace, owner and change', () => {
  const { attributes } = snsMessageOf({ kind: 'alert', alert: alertOf(), alerts: [] });
  expect(attributes).toEqual({
    schema: 'meshgraph.alert/v1',
    change: 'opened',
    severity: 'high',
    check: 'denied-arrivals',
    cluster: 'prod',
    namespace: ['books'],
    owner: ['team-books'],
  });
});

test('an event says in its type what happened', () => {
  expect(busEventOf(alertOf(undefined, { change: 'resolved' }))).toMatchObject({
    source: 'meshgraph',
    detailType: 'Finding Resolved',
    time: at,
  });
});

test('Security Hub gets one record a finding, archived once it is over, within the lengths of its format', () => {
  const account = { partition: 'aws', region: 'eu-central-1', account: '123456789012' };
  const [opened, resolved] = (['opened', 'resolved'] as const).map((change) =>
    securityFindingOf(alertOf(undefined, { change }), account),
  );
  expect(opened?.Id).toBe(resolved?.Id);
  expect([opened?.RecordState, resolved?.RecordState]).toEqual(['ACTIVE', 'ARCHIVED']);
  expect(opened?.ProductArn).toBe('arn:aws:securityhub:eu-central-1:123456789012:product/123456789012/default');
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const finding = securityFindingOf(alert, account);
      expect(finding.Title).toMatch(/^.{1,256}$/su);
      expect(finding.Description.length).toBeLessThanOrEqual(1_024);
      expect(finding.Description.length).toBeGreaterThan(0);
      expect(finding.Remediation.Recommendation.Text.length).toBeLessThanOrEqual(512);
      expect(finding.Resources.length).toBeGreaterThan(0);
      expect(finding.Resources.length).toBeLessThanOrEqual(32);
      for (const { Id } of [finding, ...finding.Resources]) expect(Id.length).toBeLessThanOrEqual(512);
      for (const value of Object.values(finding.ProductFields)) expect(value.length).toBeLessThanOrEqual(1_024);
    }),
  );
});
