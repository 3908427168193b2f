import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { loadConfiguration } from '../configuration.ts';
import type { Io } from '../io.ts';
import { type LocalGraph, startLocalGraph } from '../local-graph/local-graph.ts';
import { writeJson } from '../output/json.ts';
import { mark } from '../output/mark.ts';
import { paint } from '../output/paint.ts';
import { packageFile } from '../package-file.ts';
import { openDemoHome, removeGraph } from './demo-home.ts';
import { drawPictures } from './draw-pictures.ts';
import { scanRecording } from './scan-recording.ts';
import { showAnswers } from './show-answers.ts';
import { showFindings } from './show-findings.ts';
import { showGraph } from './show-graph.ts';

export type DemoOptions = { readonly once: boolean; readonly home?: string; readonly output: string };

/** The part of the recording that a run has read: the cluster's name, and its first and last instant (epoch ms). */
export type Recorded = { readonly cluster: string; readonly since: number; readonly at: number };

/** A timer, unlike a listener, keeps the process alive. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

/**
 * Shows meshgraph on a recorded mesh, in a Neo4j of the demo's own. With `once` it ends there, else on Ctrl-C. As JSON,
 * what is shown goes to stderr, and stdout tells where the graph is, what was found and where the pictures are.
 */
export async function runDemo(world: Io, options: DemoOptions): Promise<void> {
  const asJson = options.output === 'json';
  const io = asJson ? { ...world, out: world.err, colour: world.progress } : world;
  const home = await openDemoHome(io, options.home);
  try {
    io.out('Ten minutes of a real Linkerd mesh, recorded on 2026-11-23: emojivoto, a bookshop, an unmeshed\n');
    io.out('namespace and an intruder. See demo/README.md.\n');
    heading(io, 'Neo4j');
    const graph = await startLocalGraph({
      env: io.env,
      home: home.graph,
      attached: true,
      signal: io.signal,
      onProgress: (text) => io.out(`  ${text}\n`),
    });
    io.out(`${mark(io, 'ok')} ${graph.uri}\n`);
    const configuration = await loadConfiguration(io, packageFile('demo/meshgraph.yaml'));
    const seen = await tour(withGraphOf(io, graph), configuration, home.pictures, graph);
    if (asJson) {
      const { uri, username, home: graphHome } = graph;
      writeJson(world, { graph: { uri, username, credentials: graphHome.credentials }, ...seen });
    }
    if (options.once) return io.out('\nThe graph is stopped and removed now (--once).\n');
    io.out('\nThe graph stays until you press Ctrl-C.\n');
    await sleep(LONGEST_SLEEP_MS, undefined, { signal: io.signal }).catch(() => {});
  } finally {
    await removeGraph(io.env, home.graph);
  }
}

async function tour(io: Io, configuration: Configuration, folder: string, graph: LocalGraph) {
  heading(io, 'Scanning the recording, window after window');
  const recorded = await scanRecording(io, configuration, join(graph.home.directory, 'observations'));
  heading(io, 'Findings (meshgraph check)');
  const findings = await showFindings(io, configuration, recorded);
  heading(io, 'Answers (meshgraph ask)');
  await showAnswers(io, recorded);
  heading(io, 'Pictures (meshgraph export)');
  const pictures = await drawPictures(io, recorded, folder);
  heading(io, 'The graph');
  await showGraph(io, graph, recorded);
  return { ...recorded, findings, pictures };
}

/** The commands' own way to be told of a graph, so that the demo does what they do. */
const withGraphOf = (io: Io, { uri, username, password }: LocalGraph): Io => ({
  ...io,
  env: { ...io.env, NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password },
});

const heading = (io: Io, text: string): void => io.out(`\n${paint(io, 'bold', text)}\n`);
