import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../run-command.ts';

/**
 * The recorded mesh, and the one change of policy made in it, at 17:55:34: MeshTLSAuthentication emojivoto/web-only from
 * then on lists batch/reports too (test/fixtures/capture/README.md).
 */
const BUNDLE = join(import.meta.dirname, '../../../demo/recorded-mesh.bundle.gz');
const BEFORE_IT = '2026-11-23T17:55:00Z';
const END = Date.parse('2026-11-23T18:00:00Z');

const WEB_ONLY = `apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: web-only, namespace: emojivoto }
spec:
  identityRefs:
    - { kind: ServiceAccount, name: web }
`;
const WITH_REPORTS = `${WEB_ONLY}    - { kind: ServiceAccount, name: reports, namespace: batch }\n`;

const LET_IN = `title: nothing of batch is let in to emojivoto
severity: critical
rationale: batch runs what anybody uploads
remedy: take it out of the authentication
message: "{authentication} lets {account} in"
fingerprint: [authenticationKey, account]
about: [authenticationKey]
`;
const LET_IN_QUERY = `MATCH (authentication:Authentication {cluster: $cluster, namespace: 'emojivoto'})-[admits:ADMITS]->(account:ServiceAccount {namespace: 'batch'})
WHERE admits.validTo IS NULL
RETURN authentication.key AS authenticationKey, authentication.name AS authentication, account.name AS account
`;
const CALLED = `title: nothing of batch calls emojivoto
severity: low
rationale: batch has no business there
remedy: ask its owners
message: "{caller} calls {callee}"
fingerprint: [caller, callee]
`;
const CALLED_QUERY = `MATCH (caller:Workload {cluster: $cluster, namespace: 'batch'})-[call:CALLED]->(callee:Workload {namespace: 'emojivoto'})
WHERE call.lastAt > $since AND call.firstAt < $at
RETURN DISTINCT caller.name AS caller, callee.name AS callee
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meshgraph-own-rules-'));
  vi.stubEnv('TMPDIR', folder);
  write('rules/batch-let-in/check.yaml', LET_IN);
  write('rules/batch-let-in/query.cypher', LET_IN_QUERY);
  write('rules/batch-calls/check.yaml', CALLED);
  write('rules/batch-calls/query.cypher', CALLED_QUERY);
  write('web-only.yaml', WEB_ONLY);
  write('with-reports.yaml', WITH_REPORTS);
  write('meshgraph.yaml', 'scan: { period: 1m }\ngate: { ownRules: rules }\n');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const gate = (...args: string[]) =>
  runCommand(['gate', '--against', BUNDLE, ...args], { cwd: folder, env: process.env, now: () => END });

async function judged(...args: string[]) {
  const { out, err, code } = await gate(...args, '--out', 'report.json');
  if (out === '') throw new Error(err);
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  const own = (findings: { rule: string }[]) => findings.filter(({ rule }) => rule.startsWith('batch-'));
  return {
    code,
    out,
    findings: own(report.findings),
    existing: own(report.existing),
    skipped: report.skipped,
    failing: report.failing,
  };
}

describe('rules of the user’s own', () => {
  it('tell what a change causes at the line of the object their rows name, and what was so before apart', async () => {
    const { code, out, findings, existing, failing } = await judged('with-reports.yaml', '--at', BEFORE_IT);
    expect(findings).toMatchObject([
      {
        rule: 'batch-let-in',
        severity: 'critical',
        message: 'web-only lets reports in',
        place: { file: 'with-reports.yaml', line: 1, field: null },
        object: 'MeshTLSAuthentication emojivoto/web-only',
        row: { authentication: 'web-only', account: 'reports' },
      },
    ]);
    expect(existing).toMatchObject([{ rule: 'batch-calls', message: 'reports calls voting' }]);
    expect(failing).toHaveLength(1);
    expect(code).toBe(1);
    expect(out).toContain('nothing of batch is let in to emojivoto (critical)');
    expect(out).toContain('hint: take it out of the authentication');
    expect(out).not.toContain('#batch-let-in');
    expect(readdirSync(folder).filter((name) => name.startsWith('meshgraph-scratch-'))).toEqual([]);
  });

  it('are what the configuration makes of them: off, as grave as it says, excepted', async () => {
    const exception = '{ where: { account: reports }, reason: until they move, until: 2027-01-01 }';
    const rules = `{ batch-calls: { enabled: false }, batch-let-in: { severity: low, exceptions: [${exception}] } }`;
    write('own.yaml', `scan: { period: 1m }\ngate: { ownRules: rules, rules: ${rules} }\n`);
    const { code, findings, existing, skipped } = await judged(
      'with-reports.yaml',
      ...['--at', BEFORE_IT, '--config', 'own.yaml'],
    );
    expect([findings, existing]).toEqual([[], []]);
    expect(skipped).toMatchObject([
      { reason: 'until they move', finding: { rule: 'batch-let-in', severity: 'low', row: { account: 'reports' } } },
    ]);
    expect(code).toBe(0);
  });

  it('find nothing in a change that does not cause it, nor what an earlier one did', async () => {
    expect((await judged('web-only.yaml', '--at', BEFORE_IT)).findings).toEqual([]);
    const { findings, existing } = await judged('with-reports.yaml');
    expect(findings).toEqual([]);
    expect(existing.map(({ rule }) => rule).sort()).toEqual(['batch-calls', 'batch-let-in']);
  });
});
