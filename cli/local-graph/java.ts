import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Environment } from './home.ts';
import { runProcess } from './run-process.ts';

export type Java = { readonly executable: string; readonly major: number };

/** Neo4j 5.26 is compiled for Java 17 and supports 17 and 21; it was seen to run on 25. */
export const OLDEST_JAVA = 17;

export type JavaFolder = readonly [folder: string, executable: string];

/** Where package managers and installers put one folder a Java. */
export const JAVA_FOLDERS: readonly JavaFolder[] = [
  ['/usr/lib/jvm', 'bin/java'],
  ['/opt/java', 'bin/java'],
  ['/Library/Java/JavaVirtualMachines', 'Contents/Home/bin/java'],
  ['/opt/homebrew/opt', 'bin/java'],
  ['/usr/local/opt', 'bin/java'],
  [join(homedir(), '.sdkman/candidates/java'), 'bin/java'],
];

/**
 * The first Java that can run Neo4j: `JAVA_HOME`, then `PATH`, then the usual folders. `tooOld` are those that cannot,
 * for the message to the user.
 */
export async function findJava(
  env: Environment,
  folders: readonly JavaFolder[] = JAVA_FOLDERS,
): Promise<{ java?: Java; tooOld: readonly Java[] }> {
  const tooOld: Java[] = [];
  for (const executable of await candidates(env, folders)) {
    const { code, output } = await runProcess(executable, ['-version'], { env });
    const major = code === 0 ? javaMajor(output) : undefined;
    if (major === undefined) continue;
    if (major >= OLDEST_JAVA) return { java: { executable, major }, tooOld };
    tooOld.push({ executable, major });
  }
  return { tooOld };
}

/** The major version in the output of `java -version`: 8 for "1.8.0_402", 17 for "17.0.15", 25 for "25". */
export function javaMajor(output: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match ? Number(match[1]) : undefined;
}

async function candidates(env: Environment, folders: readonly JavaFolder[]): Promise<readonly string[]> {
  const named = env.JAVA_HOME ? [join(env.JAVA_HOME, 'bin/java')] : [];
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, 'java'));
  const collected = await Promise.all(
    folders.map(async ([folder, executable]) => {
      const names = await readdir(folder).catch(() => []);
      return names.sort().map((name) => join(folder, name, executable));
    }),
  );
  return [...new Set([...named, ...onPath, ...collected.flat()])];
}
