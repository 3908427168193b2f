import { resolve } from 'node:path';
import { parseInstant } from '../../shared/domain/instant.ts';
import { decisive, exitCode } from '../../shared/linkerd/explain/decisive.ts';
import { explainCall } from '../../shared/linkerd/explain/explain-call.ts';
import { resolveCallee, resolveEnd } from '../../shared/linkerd/explain/resolve-end.ts';
import type { ExplainOptions } from '../commands/explain.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import type { Origin } from './origin.ts';
import { readBundleState } from './read-bundle-state.ts';
import { readManifestState } from './read-manifest-state.ts';
import { renderExplanation } from './render-explanation.ts';

/** Explains one call of the graph, of a bundle or of manifests, and ends with the exit code `--help` names. */
export async function runExplain(io: Io, from: string, to: string, options: ExplainOptions): Promise<void> {
  const { manifests, bundle, header: headers, ...asked } = options;
  const explain = async ({ state, cluster, at, readTraffic }: Origin): Promise<void> => {
    const callee = resolveCallee(state, to);
    const caller = resolveEnd(state, from);
    const answers = explainCall(state, caller, callee, { ...asked, headers }, await readTraffic?.(callee));
    const { notes: about } = state;
    const told = { cluster, at, from: caller.shown, to: callee.shown, ...decisive(answers), about, answers };
    if (options.output === 'json') writeJson(io, told);
    else io.out(renderExplanation(io, told));
    io.exit(exitCode(answers));
  };
  if (manifests !== undefined) {
    return explain({ state: await readManifestState(io, manifests), cluster: null, at: null });
  }
  if (bundle !== undefined) {
    const until = options.at === undefined ? undefined : parseInstant(options.at, io.now());
    const state = await readBundleState(resolve(io.cwd, bundle), bundle, options.cluster, until);
    return explain({ state, cluster: state.cluster, at: state.at });
  }
  const { withGraphState } = await import('./with-graph-state.ts');
  return withGraphState(io, [from, to], options, explain);
}
