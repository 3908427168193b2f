import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { jarsDirectory } from '../../cli/local-graph/install-server.ts';
import { findJava } from '../../cli/local-graph/java.ts';
import { runProcess } from '../../cli/local-graph/run-process.ts';
import { BENCH_JAVA_OPTIONS } from './bench-server.ts';

/**
 * Runs `neo4j-admin database import full` of the server's own jars on the database `neo4j` of a server's home, which must
 * not have been started yet. Answers what it printed; throws with that where it failed.
 */
export async function runImport(home: string, options: readonly string[]): Promise<string> {
  const { java } = await findJava(process.env);
  if (!java) throw new Error('no Java for neo4j-admin');
  const conf = join(home, 'import-conf');
  for (const folder of [conf, join(home, 'data'), join(home, 'lib')]) await mkdir(folder, { recursive: true });
  await writeFile(join(conf, 'neo4j.conf'), '');
  const admin = ['-cp', join(jarsDirectory(process.env), '*'), 'org.neo4j.cli.AdminTool', 'database', 'import', 'full'];
  const { code, output } = await runProcess(
    java.executable,
    [
      ...BENCH_JAVA_OPTIONS,
      '--add-opens=java.base/java.nio=ALL-UNNAMED',
      ...admin,
      'neo4j',
      '--array-delimiter=;',
      `--report-file=${join(home, 'report')}`,
      ...options,
    ],
    { env: { ...process.env, NEO4J_HOME: home, NEO4J_CONF: conf } },
  );
  if (code !== 0) throw new Error(`neo4j-admin failed:\n${output}`);
  return output;
}

const LINES_A_WRITE = 5_000;

/** Writes lines as they come, without holding them all. */
export async function writeLines(file: string, header: string, lines: Iterable<string>): Promise<void> {
  const stream = createWriteStream(file);
  stream.write(`${header}\n`);
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0 && !stream.write(`${waiting.join('\n')}\n`)) await once(stream, 'drain');
    waiting = [];
  };
  for (const line of lines) if (waiting.push(line) >= LINES_A_WRITE) await flush();
  await flush();
  stream.end();
  await finished(stream);
}
