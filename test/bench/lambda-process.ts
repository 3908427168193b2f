import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { lambdaRuntime } from '../../scripts/install-lambda-runtime.ts';

export type LambdaFunction = {
  readonly name: string;
  /** Folder with index.mjs. */
  readonly code: string;
  readonly env: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutMs: number;
};

export type LambdaProcess = {
  /** From the start of the process until it asks for its first event. */
  readonly initMs: number;
  /** One invocation. Rejects with the function's own error. */
  readonly invoke: (event: unknown) => Promise<{ readonly ms: number; readonly answer: unknown }>;
  /** The most memory the process ever had (VmHWM). */
  readonly peakBytes: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

type Ended = { readonly failed: boolean; readonly body: string };

/**
 * Runs a bundle as Lambda does: AWS's own runtime client in a process of its own, fed by a Runtime API (2018-06-01) of
 * ours, https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.
 */
export async function startLambda({ name, code, env, memoryMb, timeoutMs }: LambdaFunction): Promise<LambdaProcess> {
  const runtime = await lambdaRuntime();
  const idle: ServerResponse[] = [];
  let asked: (() => void) | undefined;
  let ended: ((result: Ended) => void) | undefined;
  const api = createServer(async (request, response) => {
    if (request.url?.endsWith('/invocation/next')) {
      idle.push(response);
      return asked?.();
    }
    const body = await bodyOf(request);
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    ended?.({ failed: /error$/.test(request.url ?? ''), body });
  }).listen(0, '127.0.0.1');
  await once(api, 'listening');
  const ready = new Promise<void>((resolve, reject) => {
    asked = resolve;
    ended = ({ body }) => reject(new Error(`${name} does not start: ${body}`));
  });
  const before = performance.now();
  const child = spawn(process.execPath, [runtime, 'index.handler'], {
    cwd: code,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      ...env,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(api.address() as AddressInfo).port}`,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: 'bench',
      LAMBDA_TASK_ROOT: code,
      _HANDLER: 'index.handler',
    },
  });
  const exited = once(child, 'exit');
  await Promise.race([ready, exited.then(() => Promise.reject(new Error(`the runtime of ${name} ended`)))]);
  const initMs = performance.now() - before;
  return {
    initMs,
    invoke: async (event) => {
      if (idle.length === 0) await new Promise<void>((resolve) => (asked = resolve));
      const result = new Promise<Ended>((resolve) => (ended = resolve));
      const begin = performance.now();
      idle.shift()?.writeHead(200, headersOf(name, timeoutMs)).end(JSON.stringify(event));
      const { failed, body } = await result;
      if (failed) throw new Error(`${name} failed: ${body}`);
      return { ms: performance.now() - begin, answer: JSON.parse(body || 'null') };
    },
    peakBytes: async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
    },
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
      api.closeAllConnections();
      api.close();
    },
  };
}

const headersOf = (name: string, timeoutMs: number) => ({
  'content-type': 'application/json',
  'lambda-runtime-aws-request-id': randomUUID(),
  'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
  'lambda-runtime-invoked-function-arn': `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
