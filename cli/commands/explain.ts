import { type Command, Option } from 'commander';
import type { CallProtocol } from '../../shared/linkerd/policy/call.ts';
import type { Io } from '../io.ts';
import { formatOption } from '../output/format-option.ts';

export type ExplainOptions = {
  readonly port?: string;
  readonly protocol?: CallProtocol;
  readonly method?: string;
  readonly path?: string;
  readonly header?: readonly string[];
  readonly at?: string;
  readonly cluster?: string;
  readonly manifests?: string;
  readonly bundle?: string;
  readonly output: string;
};

const ENDS =
  'FROM and TO are namespace/name, namespace/kind/name, identity:NAME or ip:ADDRESS; FROM may also be unmeshed.';
const EXIT =
  'Exit codes: 0 the call passes (allowed, audited or not enforced), 1 it does not (denied, or broken by protocol), ' +
  '2 unknown: a fact is missing, or the input is wrong.';

/** `meshgraph explain`: would this call be let through, by which policy, and what would turn it. */
export function register(program: Command, io: Io): void {
  program
    .command('explain')
    .description('tell whether a call would be let through, by which Linkerd policy, and what would turn it')
    .argument('<from>', 'who calls')
    .argument('<to>', 'what is called')
    .option('--port <port>', 'number or name of the port called (default: all the workload declares)')
    .addOption(
      new Option('--protocol <protocol>', 'what the caller speaks (default: what the Server says)').choices([
        'http',
        'http2',
        'grpc',
        'tcp',
        'tls',
      ]),
    )
    .option('--method <method>', 'the HTTP method, where routes go by it')
    .option('--path <path>', 'the path, of gRPC /package.Service/Method')
    .option('--header <name: value>', 'a request header, Host among them; may be repeated', collect)
    .option('--at <instant>', 'as of then: 2026-11-23T17:54:00Z, or -2h (default: the newest the graph knows)')
    .option('--cluster <name>', 'the cluster asked about, where the graph knows several')
    .addOption(
      new Option('--manifests <path>', 'judge rendered manifests, a file or directory, instead of the graph').conflicts(
        ['at', 'cluster', 'bundle'],
      ),
    )
    .option('--bundle <file>', 'judge what `meshgraph capture` recorded instead of the graph')
    .addOption(formatOption('text', 'json'))
    .addHelpText('after', `\n${ENDS}\n${EXIT}`)
    .action(async (from: string, to: string, options: ExplainOptions) => {
      const { runExplain } = await import('../explain/run-explain.ts');
      await runExplain(io, from, to, options);
    });
}

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];
