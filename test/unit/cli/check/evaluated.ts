import type { Judged, JudgedCheck } from '../../../../cli/check/judged.ts';

/** What a name from a cluster may hold: markup, a terminal's escape, a line of its own. */
export const EVIL = '<img src=x onerror=alert(1)> "]]> \u001b[31mred\n:: & \u0000';

export const finding = (
  message: string,
  more: Partial<JudgedCheck['findings'][number]> = {},
): JudgedCheck['findings'][number] => ({
  key: 'prod/Finding/abc',
  fingerprint: 'abc',
  check: 'denied-arrivals',
  severity: 'high',
  message,
  about: [
    { label: 'Workload', key: 'prod/shop/Deployment/web' },
    { label: 'Unauthenticated', key: 'prod/Unauthenticated' },
  ],
  row: { count: 4 },
  ...more,
});

export const result = (more: Partial<JudgedCheck> = {}): JudgedCheck => ({
  check: {
    id: 'denied-arrivals',
    group: 'policy',
    title: 'no caller is turned away',
    remedy: 'admit it',
    rationale: 'someone tries what policy forbids',
    controls: ['nist-si-4'],
  },
  severity: 'high',
  status: 'clean',
  findings: [],
  accepted: [],
  ...more,
});

export const evaluation = (...results: JudgedCheck[]): Judged => ({
  cluster: 'prod',
  since: 0,
  at: 60_000,
  notes: [],
  results,
});

export const UNKNOWN = result({ status: 'unknown', reason: 'no traffic window up to now' });
export const LEARNING = result({ status: 'clean', reason: 'not judged yet: learning takes 7d' });
export const VIOLATED = result({
  status: 'violated',
  findings: [finding('web was denied'), finding('api was denied')],
});
export const ACCEPTED = result({ accepted: [{ finding: finding('web was denied'), reason: 'until the migration' }] });
