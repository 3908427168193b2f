import type { ToldGate } from '../../../../cli/gate/told-gate.ts';
import { outcomeOf } from '../../../../shared/gate/outcome.ts';
import type { GateFinding, GateReport } from '../../../../shared/gate/report.ts';

export const NOW = Date.parse('2026-11-24T12:00:00Z');
const DAY = 86_400_000;

let count = 0;
export const finding = (overrides: Partial<GateFinding> = {}): GateFinding => ({
  rule: 'calls-denied',
  severity: 'high',
  fingerprint: `${count++}`,
  message: 'shop/web would no longer reach shop/cart on port 8080',
  place: { file: 'shop/policy.yaml', line: 12, field: 'spec.identities[0]' },
  object: 'AuthorizationPolicy shop/cart',
  row: { caller: 'shop/web' },
  ...overrides,
});

/** A report of a mesh with nothing found, unless told otherwise. */
export const report = (overrides: Partial<GateReport> = {}): GateReport => ({
  schema: 'meshgraph.gate/v1',
  cluster: 'prod',
  at: NOW,
  traffic: {
    since: NOW - 14 * DAY,
    at: NOW,
    coveredMs: 13.8 * DAY,
    newest: NOW,
    edges: 20_000,
    requests: 3_120_000,
    connections: 0,
  },
  objects: { added: 1, changed: 3, unchanged: 12, removed: 0 },
  findings: [],
  existing: [],
  skipped: [],
  expired: [],
  calls: [],
  opened: [],
  unjudged: [],
  notes: [],
  ...overrides,
});

export const told = (overrides: Partial<GateReport> = {}, all = false): ToldGate => {
  const strictness = { failOn: 'high', all } as const;
  const whole = report(overrides);
  return {
    report: whole,
    outcome: outcomeOf(whole, strictness),
    ...strictness,
    begin: { file: 'shop/policy.yaml', line: 2 },
    rules: ['calls-denied', 'access-opened'],
    ownRules: [],
    version: '1.2.3',
  };
};

export const call = (overrides: Partial<GateReport['calls'][number]> = {}): GateReport['calls'][number] => ({
  from: 'shop/web',
  to: 'shop/cart',
  port: 8080,
  unit: 'requests',
  count: 118,
  last: NOW - 60_000,
  before: 'allowed',
  after: 'denied',
  reason: 'no authorization matches',
  ...overrides,
});

export const exception = (overrides: Partial<GateFinding> = {}): GateReport['skipped'][number] => ({
  finding: finding(overrides),
  reason: 'until the migration',
  until: Date.parse('2027-04-01T00:00:00Z'),
});

/** What a manifest can smuggle into a name. */
export const EVIL = '\u001b[31m`|<img src=x onerror=a>@here #12 https://evil.example\n```\u202e"\'&]]>';
