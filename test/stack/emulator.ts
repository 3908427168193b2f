import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ministackPython } from '../../scripts/install-ministack.ts';
import { freePort } from '../free-port.ts';
import { serverIdentity } from '../recorded-cluster/own-authority.ts';
import { type AwsAccess, send } from './signed-request.ts';

export type Emulator = AwsAccess & {
  /** How functions find it, besides their own environment. */
  readonly functionEnv: Readonly<Record<string, string>>;
  /** What it said so far: its own log, and how invocations ended. */
  readonly log: () => Promise<string>;
  /** SIGKILL to the processes that run a function, as when a machine of Lambda's goes down; how many there were. */
  readonly kill: (functionName: string) => Promise<number>;
  /** SIGKILL to it and to the functions' processes. */
  readonly stop: () => Promise<void>;
};

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

/**
 * ministack on a free loopback port, over TLS: it runs functions as processes of this Node and judges every call by
 * signature, role and policy as IAM does. `env` reaches the functions too, where their own environment says nothing.
 */
export async function startEmulator(env: Readonly<Record<string, string>> = {}): Promise<Emulator> {
  const python = await ministackPython();
  const home = await mkdtemp(join(tmpdir(), 'meshgraph-aws-'));
  const port = await freePort();
  const { ca, cert, key } = serverIdentity();
  const files = { ca: join(home, 'ca.pem'), cert: join(home, 'cert.pem'), key: join(home, 'key.pem') };
  await mkdir(join(home, 'tmp'));
  await writeFile(files.ca, ca);
  await writeFile(files.cert, cert);
  await writeFile(files.key, key);
  const functionEnv = {
    ...env,
    NODE_EXTRA_CA_CERTS: files.ca,
    AWS_ENDPOINT_URL: `https://localhost:${port}`,
    // By an address, the SDK names buckets in the path: names below localhost are not known to DNS.
    AWS_ENDPOINT_URL_S3: `https://127.0.0.1:${port}`,
  };
  const server = spawn(python, [join(import.meta.dirname, 'emulator.py')], {
    cwd: home,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
      HOME: home,
      TMPDIR: join(home, 'tmp'),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: 'localhost',
      GATEWAY_PORT: String(port),
      USE_SSL: '1',
      MINISTACK_SSL_CERT: files.cert,
      MINISTACK_SSL_KEY: files.key,
      AUTH: 'true',
      ...functionEnv,
    },
  });
  const log = createWriteStream(join(home, 'log'));
  server.stdout.pipe(log, { end: false });
  server.stderr.pipe(log, { end: false });
  const ended = once(server, 'exit');
  const endpoint = `https://localhost:${port}`;
  const emulator: Emulator = {
    endpoint,
    ca,
    functionEnv,
    region: REGION,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    log: () => readFile(join(home, 'log'), 'utf8'),
    kill: async (functionName) => {
      const pids = await processesIn(join(home, 'tmp', `ministack-lambda-${functionName}-`));
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      return pids.length;
    },
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) process.kill(-server.pid!, 'SIGKILL');
      await ended;
      log.close();
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  for (let tries = 0; tries < 300 && server.exitCode === null; tries++) {
    const answer = await send(emulator, { path: '/_ministack/health' }).catch(() => undefined);
    if (answer?.status === 200) return emulator;
    await sleep(100);
  }
  const said = await emulator.log();
  await emulator.stop();
  throw new Error(`ministack did not answer on ${endpoint} in 30 s: ${said.slice(-2000)}`);
}

/** Processes whose working directory begins with a path (Linux). */
async function processesIn(prefix: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return pids.filter((_, i) => folders[i]?.startsWith(prefix)).map(Number);
}
