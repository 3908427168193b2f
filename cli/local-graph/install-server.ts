import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { UnavailableError } from '../../shared/domain/errors.ts';
import { cacheDirectory, type Environment } from './home.ts';
import type { Java } from './java.ts';
import { runProcess } from './run-process.ts';

export const NEO4J_VERSION = '5.26.28';

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>meshgraph</groupId><artifactId>neo4j</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>${NEO4J_VERSION}</version></dependency></dependencies>
</project>
`;

export const jarsDirectory = (env: Environment): string => join(cacheDirectory(env), `neo4j-${NEO4J_VERSION}`);

/** Neo4j's jars are in the cache: neither Maven nor the network is needed. */
export async function isInstalled(env: Environment): Promise<boolean> {
  return stat(jarsDirectory(env)).then(
    () => true,
    () => false,
  );
}

/**
 * Puts the jars of Neo4j Community (118 MB) into the cache through Maven, which checks their digests. They appear there
 * all at once, so a process that dies midway leaves nothing half, and of two that install at once the first one wins.
 */
export async function installServer(env: Environment, java: Java, signal?: AbortSignal): Promise<void> {
  const target = jarsDirectory(env);
  await mkdir(dirname(target), { recursive: true });
  const work = await mkdtemp(`${target}.unfinished-`);
  try {
    await writeFile(join(work, 'pom.xml'), POM);
    const { code, output } = await runProcess(
      'mvn',
      [
        '--batch-mode',
        '--quiet',
        '--strict-checksums',
        'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
        '-DoutputDirectory=jars',
        '-DincludeScope=runtime',
      ],
      { env: { ...env, JAVA_HOME: env.JAVA_HOME ?? dirname(dirname(java.executable)) }, cwd: work, signal },
    );
    if (code !== 0) throw new UnavailableError(explainMaven(output));
    await rename(join(work, 'jars'), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** One sentence from what Maven printed. */
export function explainMaven(output: string): string {
  const what = `Maven could not download Neo4j ${NEO4J_VERSION}`;
  if (/No space left on device/i.test(output)) return `${what}: the disk is full (it takes 250 MB, once).`;
  if (/UnknownHost|Could not transfer|Connection (refused|reset|timed out)|timed out|offline mode/i.test(output)) {
    return `${what}: it could not reach its repository. Check the network (and the proxy and mirror in ~/.m2/settings.xml), or set NEO4J_URI to use a Neo4j that is there.`;
  }
  const lines = stripVTControlCharacters(output).split('\n');
  const first =
    lines.find((line) => line.includes('[ERROR]')) ?? lines.find((line) => line.trim()) ?? 'it said nothing';
  return `${what}: ${first.replace(/^.*\[ERROR\] */, '').replace(/ -> \[Help 1\].*/, '')}`;
}
