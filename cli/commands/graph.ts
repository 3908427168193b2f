import type { Command } from 'commander';
import type { Io } from '../io.ts';
import type { LocalGraphStatus } from '../local-graph/local-graph-status.ts';
import { formatOption } from '../output/format-option.ts';
import { writeJson } from '../output/json.ts';
import { progressLine } from '../output/progress.ts';

type Options = { readonly home?: string; readonly output: string };

/** `meshgraph graph start|stop|status|compact`. Exit 0 when done (also when there was nothing to do), else 2. */
export function register(program: Command, io: Io): void {
  const graph = program
    .command('graph')
    .description('the local Neo4j: a real server on loopback, kept in your data directory')
    .addHelpText(
      'after',
      '\nWith NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD set, meshgraph uses that Neo4j: start, stop and status do nothing.',
    );
  const subcommand = (name: string, description: string, action: (options: Options) => Promise<void>) =>
    graph
      .command(name)
      .description(description)
      .option('--home <folder>', 'where it keeps its data and credentials', undefined)
      .addOption(formatOption('text', 'json'))
      .action(async (options: Options) => {
        if (options.home === undefined && io.env.NEO4J_URI) return tellOfEnvironment(io, io.env.NEO4J_URI, options);
        await action(options);
      });
  subcommand('start', 'start it and wait until it answers', (options) => start(io, options));
  subcommand('stop', 'stop it; its data stay', (options) => stop(io, options));
  subcommand('status', 'where it is and whether it runs', (options) => status(io, options));
  graph
    .command('compact')
    .description('roll up and forget what the configuration keeps no longer; a deployment does so every day')
    .option('--config <file>', 'configuration file')
    .addOption(formatOption('text', 'json'))
    .action(async (options: { readonly config?: string; readonly output: string }) => {
      const { runCompact } = await import('../compact/run-compact.ts');
      await runCompact(io, options);
    });
}

async function start(io: Io, { home, output }: Options): Promise<void> {
  const { startLocalGraph } = await import('../local-graph/local-graph.ts');
  const { readLocalGraphStatus } = await import('../local-graph/local-graph-status.ts');
  const progress = progressLine(io);
  const started = await startLocalGraph({ env: io.env, signal: io.signal, home, onProgress: progress.update }).finally(
    progress.clear,
  );
  const now = await readLocalGraphStatus(io.env, started.home.directory);
  if (output === 'json') return writeJson(io, { ...asJson(now), alreadyRunning: started.alreadyRunning });
  io.out(started.alreadyRunning ? 'already running\n' : '');
  io.out(asText(now));
}

async function stop(io: Io, { home, output }: Options): Promise<void> {
  const { stopLocalGraph } = await import('../local-graph/local-graph.ts');
  const stopped = await stopLocalGraph(io.env, home);
  if (output === 'json') return writeJson(io, { source: 'local', running: false, stopped });
  io.out(stopped ? 'stopped\n' : 'it was not running\n');
}

async function status(io: Io, { home, output }: Options): Promise<void> {
  const { readLocalGraphStatus } = await import('../local-graph/local-graph-status.ts');
  const now = await readLocalGraphStatus(io.env, home);
  if (output === 'json') return writeJson(io, asJson(now));
  io.out(asText(now));
}

function tellOfEnvironment(io: Io, uri: string, { output }: Options): void {
  if (output === 'json') writeJson(io, { source: 'environment', uri });
  else io.out(`NEO4J_URI names ${uri}: meshgraph uses that Neo4j and leaves the local one alone.\n`);
}

function asJson({ home, access, server, dataBytes }: LocalGraphStatus) {
  return {
    source: 'local',
    running: server !== undefined,
    uri: access?.uri ?? null,
    username: access?.username ?? null,
    credentials: home.credentials,
    home: home.directory,
    version: server?.version ?? null,
    pid: server?.pid ?? null,
    container: server?.engine ?? null,
    startedAt: server?.startedAt ?? null,
    dataBytes,
  };
}

function asText({ home, access, server, dataBytes }: LocalGraphStatus): string {
  const lines: [string, string][] = [
    ['Neo4j', server ? `${server.version}, running (${server.engine ?? `process ${server.pid}`})` : 'not running'],
    ['URI', access?.uri ?? 'chosen at the first start'],
    ['credentials', home.credentials],
    ['data', `${home.data} (${Math.ceil(dataBytes / 1e6)} MB)`],
  ];
  return lines.map(([name, value]) => `${name.padEnd(13)}${value}\n`).join('');
}
