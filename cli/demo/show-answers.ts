import { formatInstant } from '../../shared/domain/instant.ts';
import { QUESTIONS } from '../../shared/questions/registry.ts';
import { renderAnswer } from '../ask/answer-table.ts';
import type { Io } from '../io.ts';
import { paint } from '../output/paint.ts';
import { withGraph } from '../with-graph.ts';
import { readerOn } from '../with-reader.ts';
import type { Recorded } from './run-demo.ts';

type Example = {
  readonly id: string;
  readonly values: Readonly<Record<string, string>>;
  readonly since?: string;
  readonly shows: string;
};

/** What the recording is most telling about. */
const EXAMPLES: readonly Example[] = [
  {
    id: 'callers',
    values: { callee: 'emojivoto/voting' },
    shows: 'Who was denied, with its mTLS identity. A policy change let reports in halfway.',
  },
  {
    id: 'touches',
    values: { data: 'personal' },
    shows: 'Who reaches personal data, and through whom. demo/meshgraph.yaml says that books/mysql holds it.',
  },
  {
    id: 'path',
    values: { from: 'books/traffic', to: 'books/mysql' },
    shows: 'The way from the edge to the database: each hop, its policy, and whether it was mutual TLS.',
  },
  {
    id: 'callees',
    values: { caller: 'unauthenticated' },
    shows: 'Where callers without an identity got in: unmeshed workloads, the API server, probes.',
  },
  {
    id: 'changes',
    values: {},
    since: '2026-11-23T17:53:00Z',
    shows: 'What changed: a caller appeared, one vanished, books restarted, web was scaled, policy was changed.',
  },
];

/** Asks the questions as `meshgraph ask` does, and says how to ask them. */
export async function showAnswers(io: Io, { cluster, since, at }: Recorded): Promise<void> {
  await withGraph(io, async (graph) => {
    const reader = readerOn(io, graph);
    for (const { id, values, shows, since: from = formatInstant(since) } of EXAMPLES) {
      const question = QUESTIONS.find((one) => one.id === id);
      if (!question) continue;
      const answered = await reader.askQuestion({ ...values, name: id, cluster, since: from, at: formatInstant(at) });
      io.out(`\n${paint(io, 'dim', `# ${shows}`)}\n`);
      io.out(`${paint(io, 'cyan', `$ meshgraph ask ${[id, ...Object.values(values)].join(' ')} --since ${from}`)}\n`);
      io.out(renderAnswer({ colour: io.colour, columns: undefined }, question, answered));
    }
  });
}
