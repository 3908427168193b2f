import { availableParallelism, loadavg, totalmem } from 'node:os';
import { NEO4J_VERSION } from '../../cli/local-graph/install-server.ts';
import { findJava } from '../../cli/local-graph/java.ts';
import { BENCH_JAVA_OPTIONS } from './bench-server.ts';

/** Where and when a bench runs, in one sentence. A high load says that times are too long; ratios of one run still hold. */
export async function describeRun(): Promise<string> {
  const { java } = await findJava(process.env);
  const software = `Node ${process.versions.node}, Neo4j ${NEO4J_VERSION} on Java ${java?.major} with \`${BENCH_JAVA_OPTIONS.join(' ')}\``;
  const machine = `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`;
  const busy = `load ${(loadavg()[0] as number).toFixed(1)} before it began`;
  return `Measured ${new Date().toISOString().slice(0, 10)}: ${machine}, ${busy}; ${software}.`;
}
