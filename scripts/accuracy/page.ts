import { compare } from './compare.ts';
import { ourTotals } from './ours.ts';
import { readRecording, readTruth, readViz } from './recording.ts';
import { truthOfCallers } from './truth.ts';
import { type Explained, explainAuthz, explainEdges, missingFromViz } from './viz.ts';

const table = (heads: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const explainedTable = (rows: readonly Explained[]): string =>
  table(
    ['row of linkerd viz', 'what meshgraph has', ''],
    rows.map(({ what, explanation, wrong }) => [
      what,
      explanation || '**nothing**',
      wrong ? '**shown as secured**' : '',
    ]),
  );

/** docs/accuracy.md: meshgraph beside the applications' own counts, and beside linkerd viz, on the recorded mesh. */
export async function renderAccuracy(): Promise<string> {
  const { windows, snapshots } = await readRecording();
  const [first] = snapshots;
  if (first === undefined) throw new Error('the recorded bundle has no snapshot');
  const compared = compare(truthOfCallers(await readTruth(), first), ourTotals(windows, snapshots));
  const exact = compared.filter(({ count, ours }) => count === ours).length;
  const before = await readViz('t222');
  const after = await readViz('t542');
  const until = (time: number) => windows.filter(({ window }) => window.from <= time);
  const viz = (answer: typeof before): string => {
    const seen = until(answer.time);
    const authz = Object.entries(answer.authz).flatMap(([namespace, rows]) => explainAuthz(rows, namespace, seen));
    return `${explainedTable(explainEdges(answer.edges, seen))}\n\n${explainedTable(authz)}`;
  };
  return `# Accuracy

Made by \`npm run docs\` from the recorded mesh (\`demo/recorded-mesh.bundle.gz\`), the counts its applications kept of
themselves (\`test/fixtures/capture/truth\`), and the answers of \`linkerd viz\` at the time (\`test/fixtures/capture/viz-cli\`).
The applications are the judge: their counts come neither from Linkerd nor from meshgraph.

## Beside the applications' own counts

${windows.length} windows of one minute, added up. **${exact} of ${compared.length} totals equal the applications' own to the
request.** *called* is the caller's proxy, *arrived* the called side's; meshgraph takes the greater.

${table(
  ['caller', 'callee', 'outcome', 'applications', 'called', 'arrived', 'meshgraph', 'difference', 'why'],
  compared.map((row) => [
    row.caller,
    `${row.callee}:${row.port}`,
    row.outcome,
    row.count,
    row.called,
    row.arrived,
    row.ours,
    row.ours - row.count,
    row.reason,
  ]),
)}

## Beside linkerd viz

\`linkerd viz edges\` lists connections that are open, with mTLS, and calls them secured: also those whose every request
is denied. It has no opaque TCP that has closed, no egress and no caller outside the mesh.

### ${new Date(before.time).toISOString()}

${viz(before)}

### ${new Date(after.time).toISOString()}

${viz(after)}

### What viz edges has none of

${table(
  ['edge', 'why'],
  missingFromViz(windows).map(({ what, why }) => [what, why]),
)}
`;
}
