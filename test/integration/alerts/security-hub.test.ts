import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { securityHub } from '../../../shared/adapters/aws-security-hub.ts';
import { RefusedMessageError } from '../../../shared/domain/alerts/channel.ts';
import { securityFindingOf } from '../../../shared/domain/alerts/security-finding.ts';
import { ContractError, ForbiddenError, UnavailableError } from '../../../shared/domain/errors.ts';
import { verifySignature } from '../../signature-v4.ts';
import { alertOf } from '../../unit/alerts/example.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const credentials = async () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: SECRET, sessionToken: 'session' });
const home = { partition: 'aws', region: 'eu-central-1', account: '123456789012' };
// Held against the types of AWS's own client.
const finding: AwsSecurityFinding & ReturnType<typeof securityFindingOf> = securityFindingOf(alertOf(), home);

type Answer = { readonly status: number; readonly error?: string; readonly body?: string };
const TAKEN = { status: 200, body: '{"FailedCount":0,"SuccessCount":1,"FailedFindings":[]}' };

let answer: Answer = TAKEN;
const imported: { path: string; findings: unknown[]; service: string; valid: boolean }[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = request;
  const body = Buffer.concat(chunks).toString('utf8');
  const { valid, service } = verifySignature({ method, url, headers, body }, () => SECRET);
  imported.push({ path: `${method} ${url}`, findings: JSON.parse(body).Findings, service, valid });
  const { status, error, body: text = '{"Message":"because"}' } = answer;
  response.writeHead(status, error === undefined ? {} : { 'x-amzn-errortype': `${error}:http://internal.amazon.com/` });
  response.end(text);
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
});
beforeEach(() => {
  answer = TAKEN;
  imported.length = 0;
});

const importOne = (endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`) =>
  securityHub(home, { region: async () => home.region, credentials }, endpoint)([finding]);

test('a finding is imported by a request that AWS would find well signed', async () => {
  expect([...(await importOne())]).toEqual([]);
  expect(imported).toEqual([
    { path: 'POST /findings/import', findings: [finding], service: 'securityhub', valid: true },
  ]);
});

test.each<[Answer, new (...args: never[]) => Error, RegExp]>([
  [{ status: 400, error: 'ThrottlingException' }, UnavailableError, /try again later/],
  [{ status: 429, error: 'LimitExceededException' }, UnavailableError, /try again later/],
  [{ status: 500, error: 'InternalException' }, UnavailableError, /try again later/],
  [{ status: 403, error: 'AccessDeniedException' }, ForbiddenError, /needs securityhub:BatchImportFindings/],
  [{ status: 403, error: 'ExpiredTokenException' }, ForbiddenError, /expired/],
  [{ status: 401, error: 'InvalidAccessException' }, ForbiddenError, /not switched on for account 123456789012/],
  [{ status: 400, error: 'InvalidInputException' }, RefusedMessageError, /does not take these findings: because/],
  [{ status: 200, body: '<html>' }, ContractError, /expected JSON/],
])('an answer of %o is told as what it is', async (given, kind, words) => {
  answer = given;
  const error = await importOne().then(
    () => undefined,
    (failure: Error) => failure,
  );
  expect(error).toBeInstanceOf(kind);
  expect(error?.message).toMatch(words);
});

test('no answer may pass', async () => {
  await expect(importOne('http://127.0.0.1:1')).rejects.toThrow(UnavailableError);
});

test('findings that were not taken are told, and why', async () => {
  const failed = (ErrorCode: string) => {
    answer = {
      status: 200,
      body: JSON.stringify({ FailedFindings: [{ Id: finding.Id, ErrorCode, ErrorMessage: 'no' }] }),
    };
    return importOne().then((errors) => errors.get(finding.Id));
  };
  expect(await failed('InternalException')).toBeInstanceOf(UnavailableError);
  expect(await failed('InvalidInputException')).toBeInstanceOf(RefusedMessageError);
});
