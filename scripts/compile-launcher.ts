/**
 * Compiles cli/local-graph/launcher/LocalGraph.java against Neo4j's jars and writes the class into launcher-class.ts, so
 * that the package needs no compiler where it runs. Run it after a change of the source: node scripts/compile-launcher.ts
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installServer, isInstalled, jarsDirectory } from '../cli/local-graph/install-server.ts';
import { findJava, OLDEST_JAVA } from '../cli/local-graph/java.ts';

const folder = fileURLToPath(new URL('../cli/local-graph/launcher/', import.meta.url));
const { java } = await findJava(process.env);
if (!java) throw new Error(`compiling the launcher takes a JDK ${OLDEST_JAVA} or newer`);
if (!(await isInstalled(process.env))) await installServer(process.env, java);

const classes = mkdtempSync(join(tmpdir(), 'launcher-'));
const source = `${folder}LocalGraph.java`;
const classpath = `${jarsDirectory(process.env)}/*`;
execFileSync('javac', ['--release', String(OLDEST_JAVA), '-g:none', '-cp', classpath, '-d', classes, source]);
const bytes = readFileSync(join(classes, 'LocalGraph.class')).toString('base64');
rmSync(classes, { recursive: true });

writeFileSync(
  `${folder}launcher-class.ts`,
  `// Made by scripts/compile-launcher.ts.

/** SHA-256 of the LocalGraph.java this was compiled from. */
export const LAUNCHER_SOURCE_SHA256 = '${createHash('sha256').update(readFileSync(source)).digest('hex')}';

/** LocalGraph.class for Java ${OLDEST_JAVA} and newer, in Base64. */
export const LAUNCHER_CLASS =
${bytes
  .match(/.{1,112}/g)
  ?.map((line) => `  '${line}'`)
  .join(' +\n')};
`,
);
