import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseRuntime } from '../../../cli/local-graph/choose-runtime.ts';
import { jarsDirectory } from '../../../cli/local-graph/install-server.ts';
import { InvalidInputError } from '../../../shared/domain/errors.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-runtime-'));
});
afterEach(() => rm(folder, { recursive: true }));

const JAVA_17 = `echo 'openjdk version "17.0.1"' >&2`;
const JAVA_11 = `echo 'openjdk version "11.0.1"' >&2`;
const ANSWERS = 'exit 0';
const NO_DAEMON = 'echo "Cannot connect to the Docker daemon" >&2; exit 1';

/** What is chosen on a machine that has these programs on its PATH and no other Java. */
async function choose(programs: Record<string, string>, { jars = false } = {}) {
  const env = { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache') };
  await mkdir(env.PATH);
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(env.PATH, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(env.PATH, name), 0o755);
  }
  if (jars) await mkdir(jarsDirectory(env), { recursive: true });
  return chooseRuntime(env, []);
}

test('Java and Maven win over a container engine', async () => {
  expect(await choose({ java: JAVA_17, mvn: ANSWERS, docker: ANSWERS })).toMatchObject({
    kind: 'java',
    java: { major: 17 },
    installed: false,
  });
});

test('with the jars in the cache nobody asks for Maven', async () => {
  expect(await choose({ java: JAVA_17 }, { jars: true })).toMatchObject({ kind: 'java', installed: true });
});

test.each([
  [{ docker: ANSWERS, podman: ANSWERS }, 'docker'],
  [{ docker: NO_DAEMON, podman: ANSWERS }, 'podman'],
  [{ java: JAVA_17, podman: ANSWERS }, 'podman'],
  [{ java: JAVA_11, mvn: ANSWERS, docker: ANSWERS }, 'docker'],
])('%j: the container image with %s', async (programs: Record<string, string>, engine) => {
  expect(await choose(programs)).toEqual({ kind: 'container', engine });
});

test.each([
  [{}, /runs on Java 17, 21 or newer, and no Java was found: install one \(apt-get install openjdk-17-jre-headless/],
  [{ java: JAVA_11, mvn: ANSWERS }, /and Java 11 at \S+\/bin\/java was found: install one/],
  [{ java: JAVA_17, docker: NO_DAEMON }, /fetched once by Maven, and mvn was not found on the PATH: install it/],
])('%j is not enough, and one sentence says what to do', async (programs: Record<string, string>, sentence) => {
  const choice = choose(programs);
  await expect(choice).rejects.toThrow(InvalidInputError);
  await expect(choice).rejects.toThrow(sentence);
});
