import { formatInstant } from '../../shared/domain/instant.ts';
import type { Io } from '../io.ts';
import type { LocalGraph } from '../local-graph/local-graph.ts';
import { paint } from '../output/paint.ts';
import { withGraph } from '../with-graph.ts';
import denied from './queries/denied.cypher';
import minutes from './queries/minutes.cypher';
import reach from './queries/reach.cypher';
import type { Recorded } from './run-demo.ts';

/** Queries that stand for themselves: they work when pasted. */
const QUERIES: readonly string[] = [denied, minutes, reach];

/** Says where the graph is, how to look at it, and what to try; each query has been run when it is shown. */
export async function showGraph(io: Io, { uri, username, home }: LocalGraph, { at }: Recorded): Promise<void> {
  const use = (command: string) => paint(io, 'cyan', `env $(cat ${home.credentials}) npx meshgraph ${command}`);
  io.out(`Bolt         ${uri}\nuser         ${username}\ncredentials  ${home.credentials}\n`);
  io.out('\nWith meshgraph:\n');
  io.out(`  ${use('ask --list')}\n  ${use(`ask callers emojivoto/voting --at ${formatInstant(at - 5 * 60_000)}`)}\n`);
  io.out('\nWith Cypher, pasted into cypher-shell, Neo4j Desktop or any other client of Neo4j:\n');
  await withGraph(io, async (graph) => {
    for (const query of QUERIES) {
      const rows = await graph.read(query);
      io.out(`\n${query.trim()};\n${paint(io, 'dim', `// ${rows.length} rows`)}\n`);
    }
  });
}
