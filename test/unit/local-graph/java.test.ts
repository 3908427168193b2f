import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findJava, javaMajor } from '../../../cli/local-graph/java.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meshgraph-java-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A program that says what `java -version` of that version says. */
async function install(name: string, banner: string, exitCode = 0): Promise<string> {
  const bin = join(folder, name, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'java'), `#!/bin/sh\necho '${banner}' >&2\nexit ${exitCode}\n`);
  await chmod(join(bin, 'java'), 0o755);
  return join(folder, name);
}

test.each([
  ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment (build 17.0.15+6-Debian-1deb12u1)', 17],
  ['openjdk version "25.0.3" 2026-04-21 LTS', 25],
  ['openjdk version "21" 2023-09-19', 21],
  ['openjdk version "22-ea" 2024-03-19', 22],
  ['java version "1.8.0_402"\nJava(TM) SE Runtime Environment (build 1.8.0_402-b06)', 8],
  ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "11.0.22" 2024-01-16', 11],
  ['The operation couldn’t be completed. Unable to locate a Java Runtime.', undefined],
])('the banner %j means Java %s', (banner, major) => {
  expect(javaMajor(banner)).toBe(major);
});

test('JAVA_HOME wins over the PATH', async () => {
  const named = await install('named', 'openjdk version "21.0.1"');
  const onPath = await install('path', 'openjdk version "17.0.1"');
  const { java } = await findJava({ JAVA_HOME: named, PATH: join(onPath, 'bin') });
  expect(java).toEqual({ executable: join(named, 'bin/java'), major: 21 });
});

test('a Java that is too old or broken is passed over, and the old one is told of', async () => {
  const old = await install('old', 'openjdk version "11.0.22"');
  const broken = await install('broken', 'openjdk version "21.0.1"', 1);
  const good = await install('good', 'openjdk version "17.0.1"');
  const found = await findJava({ JAVA_HOME: old, PATH: `${join(broken, 'bin')}:${join(good, 'bin')}` });
  expect(found.java).toEqual({ executable: join(good, 'bin/java'), major: 17 });
  expect(found.tooOld).toEqual([{ executable: join(old, 'bin/java'), major: 11 }]);
});

test("a file among a package manager's folders, as Debian puts them there, is passed over", async () => {
  await writeFile(join(folder, '.java-1.17.0-openjdk-amd64.jinfo'), 'name=java-1.17.0-openjdk-amd64\n');
  await install('java-17', 'openjdk version "17.0.15"');
  const { java } = await findJava({ PATH: '' }, [[folder, 'bin/java']]);
  expect(java).toEqual({ executable: join(folder, 'java-17/bin/java'), major: 17 });
});
