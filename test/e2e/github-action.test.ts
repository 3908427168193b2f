import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBaselineFile } from '../../shared/adapters/baseline-file.ts';
import { meshBeforePullRequests, PULL_REQUESTS, repositoryOf } from '../pull-requests.ts';
import { readAction, runStep } from '../runner-step.ts';
import { finding, report } from '../unit/cli/gate/told.ts';

const DAY = 86_400_000;
/** A line that a runner shows as an annotation. */
const MARK = /^::(error|warning|notice)/m;

/** What the command itself prints, between two fences with a token that nobody can guess. */
const FENCED = /^::stop-commands::([0-9a-f-]{36})\n([\s\S]*)\n::\1::$/m;
const said = (log: string): string[] => (FENCED.exec(log)?.[2] ?? '').split('\n').filter(Boolean);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-action-'));
  await writeBaselineFile(join(folder, 'mesh.json.gz'), meshBeforePullRequests(Date.now()));
  await writeBaselineFile(join(folder, 'old.json'), meshBeforePullRequests(Date.now() - 3 * DAY));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A checkout of a pull request, with what it branched from beside it. */
async function checkOut(name: string): Promise<string> {
  const pullRequest = PULL_REQUESTS.find((one) => one.name === name);
  if (pullRequest === undefined) throw new Error(`there is no pull request ${name}`);
  const checkout = join(folder, name);
  const { before, after } = repositoryOf(pullRequest);
  for (const [into, files] of Object.entries({ before, manifests: after })) {
    for (const [path, text] of files) {
      await mkdir(dirname(join(checkout, into, path)), { recursive: true });
      await writeFile(join(checkout, into, path), text);
    }
  }
  return checkout;
}

const inputs = (more: Record<string, string> = {}) => ({
  paths: 'manifests',
  base: 'before',
  baseline: '../mesh.json.gz',
  ...more,
});

describe('a change that denies calls seen', async () => {
  const step = async () => runStep(folder, await checkOut('server-over-unauthenticated-callers'), inputs());

  test('fails the step, and marks the line that is to blame', async () => {
    const { code, log, errors, outputs } = await step();
    expect(errors).toBe('');
    expect(code).toBe(1);
    expect(log).toMatch(
      /^::error file=manifests\/shop\/search\.yaml,line=50,title=calls-denied \(high\)::1,240 requests/m,
    );
    expect(outputs).toMatchObject({ 'exit-code': '1', findings: '1', failing: '1' });
    expect(Object.keys(outputs).sort()).toEqual(Object.keys((await readAction()).outputs).sort());
  });

  test('leaves SARIF, Markdown and JSON in files, and the Markdown in the summary of the job', async () => {
    const { outputs, summary } = await step();
    const [sarif, markdown, json] = await Promise.all(
      [outputs.sarif, outputs.markdown, outputs.json].map((file) => readFile(file ?? '', 'utf8')),
    );
    const [location] = JSON.parse(sarif ?? '').runs[0].results[0].locations;
    expect(location.physicalLocation).toMatchObject({
      artifactLocation: { uri: 'manifests/shop/search.yaml' },
      region: { startLine: 50 },
    });
    expect(JSON.parse(json ?? '').calls).toMatchObject([{ to: 'shop/search', count: 1240, after: 'denied' }]);
    expect(summary).toBe(markdown);
    expect(summary).toContain('meshgraph gate: 1 finding');
  });
});

test('files are written where the inputs say, from the checkout on, and the summary can be left out', async () => {
  const checkout = await checkOut('audit-to-deny');
  const files = { 'sarif-file': 'reports/gate.sarif', 'markdown-file': 'reports/comment.md' };
  const { code, summary, outputs } = await runStep(folder, checkout, inputs({ ...files, summary: 'false' }));
  expect({ code, summary, sarif: outputs.sarif }).toEqual({
    code: 1,
    summary: '',
    sarif: join(checkout, 'reports/gate.sarif'),
  });
  expect(await readFile(join(checkout, 'reports/comment.md'), 'utf8')).toContain('audited-calls-denied');
});

test('a finding under fail-on is a warning, and the step passes', async () => {
  const checkout = await checkOut('two-servers-on-one-port');
  const { code, log, outputs } = await runStep(folder, checkout, inputs());
  expect(log).toContain('::warning file=manifests/shop/cart.yaml,line=86,title=servers-overlap (medium)::');
  expect({ code, outputs }).toMatchObject({ code: 0, outputs: { findings: '1', failing: '0' } });
  expect(await runStep(folder, checkout, inputs({ 'fail-on': 'medium' }))).toMatchObject({ code: 1 });
});

test('a harmless change passes without a mark', async () => {
  const { code, log, outputs } = await runStep(folder, await checkOut('image-bump'), inputs());
  expect(log).not.toMatch(MARK);
  expect({ code, outputs }).toMatchObject({ code: 0, outputs: { 'exit-code': '0', findings: '0', failing: '0' } });
});

test('a baseline of three days ago is nothing to judge on: the step fails with exit code 2 and says so', async () => {
  const { code, log, summary } = await runStep(
    folder,
    await checkOut('image-bump'),
    inputs({ baseline: '../old.json' }),
  );
  expect(code).toBe(2);
  expect(log).toMatch(/^::error title=meshgraph gate%3A cannot judge::the newest scan of prod is of .* ago/m);
  expect(summary).toContain('cannot be judged');
});

test.each([
  [{ paths: '' }, 'input paths is empty: name rendered manifests, one path a line'],
  [{ baseline: '' }, 'give one of the inputs baseline (a file) and api (a URL), got neither'],
  [{ baseline: 'absent.json' }, 'there is no file absent.json'],
  [{ paths: 'absent' }, 'there is no file or directory absent'],
  [{ cluster: 'other' }, '../mesh.json.gz is of cluster prod, not other'],
  [{ 'fail-on': 'grave' }, "argument 'grave' is invalid. Allowed choices are critical, high, medium, low, info."],
  [{ full: 'some' }, "argument 'some' is invalid. Allowed choices are namespaces, cluster."],
  [{ baseline: 'graph' }, 'the action judges against a file or an API'],
  [{ config: 'absent.yaml' }, 'absent.yaml'],
])('inputs %j are refused in one sentence, with exit code 2', async (wrong, sentence) => {
  const { code, log, outputs } = await runStep(folder, await checkOut('image-bump'), inputs(wrong));
  expect(code).toBe(2);
  expect(said(log)).toHaveLength(1);
  expect(said(log)[0]).toContain(sentence);
  expect(log.match(new RegExp(MARK, 'gm'))).toHaveLength(1);
  expect(log).toContain(`::error title=meshgraph gate::${said(log)[0]}`);
  expect(outputs).toEqual({ 'exit-code': '2', findings: '', failing: '', sarif: '', markdown: '', json: '' });
});

test('names from the pull request give the runner no commands', async () => {
  const checkout = await checkOut('audit-to-deny');
  const evil = '::error file=README.md,line=1::all is lost';
  await rename(join(checkout, 'manifests/payments/refunds.yaml'), join(checkout, `${evil}.yaml`));
  const { log } = await runStep(folder, checkout, inputs({ paths: `${evil}.yaml`, base: '' }));
  expect(said(log).filter((line) => line.trimStart().startsWith('::'))).toHaveLength(1);
  expect(log).toContain('::error file=%3A%3Aerror file=README.md%2Cline=1%3A%3Aall is lost.yaml,line=62,');
  expect(log.replace(FENCED, '')).not.toMatch(/^\s*::error file=README/m);
});

test('a deployed API judges in the place of a baseline, asked with the AWS credentials of the environment', async () => {
  const asked: { url: string | undefined; authorization: string | undefined; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    asked.push({ url: request.url, authorization: request.headers.authorization, body });
    const place = { file: 'manifests/shop/web.yaml', line: 17, field: 'spec.replicas' };
    const answer = {
      ...report({ findings: [finding({ severity: 'critical', place })] }),
      failOn: 'high',
      rules: ['calls-denied'],
    };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example', AWS_REGION: 'eu-west-1' };
    const checkout = await checkOut('image-bump');
    const { code, log } = await runStep(folder, checkout, inputs({ baseline: '', api }), credentials);
    expect(log).toContain('::error file=manifests/shop/web.yaml,line=17,title=calls-denied (critical)::');
    expect(code).toBe(1);
    expect(asked).toMatchObject([
      {
        url: '/v1/gate',
        authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\//),
      },
    ]);
    expect(asked[0]?.body).toContain('registry.example.com/web:5.13.0');
  } finally {
    server.close();
  }
});
