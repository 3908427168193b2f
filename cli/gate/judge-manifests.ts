import { InvalidInputError } from '../../shared/domain/errors.ts';
import { type GateJudgement, judgeAsConfigured } from '../../shared/gate/judge-as-configured.ts';
import { transformChange } from '../../shared/gate/transform-change.ts';
import type { Manifest } from '../../shared/kubernetes/manifests/parse-manifests.ts';
import type { GateOptions } from '../commands/gate.ts';
import { loadConfiguration } from '../configuration.ts';
import type { Io } from '../io.ts';
import type { ManifestFile } from '../manifests/read-files.ts';
import { openBaseline } from './open-baseline.ts';

/** Files and the objects they hold. */
export type Given = { readonly files: readonly ManifestFile[]; readonly objects: readonly Manifest[] };

/** Judges manifests against what `--against` names; the graph is a deployed API's where `--api` or MESHGRAPH_API names one. */
export async function judgeManifests(
  io: Io,
  given: Given,
  before: Given,
  options: GateOptions,
): Promise<GateJudgement> {
  const full = options.full === true ? 'namespaces' : options.full;
  const { namespace, against, at, since, cluster, allowStale } = options;
  const { change, notes } = transformChange({ manifests: given.objects, base: before.objects, full, namespace });
  const { MESHGRAPH_API: api } = io.env;
  if (api && against === 'graph') {
    if (options.config !== undefined) {
      throw new InvalidInputError('an API judges by the configuration it was deployed with: leave out --config');
    }
    const { askGateApi } = await import('./ask-gate-api.ts');
    const texts = { manifests: [...given.files], base: [...before.files] };
    return askGateApi(io, api, { ...texts, full, namespace, at, since, cluster, allowStale });
  }
  const configuration = await loadConfiguration(io, options.config);
  const { baseline, unjudged } = await openBaseline(io, { ...options, configuration });
  return judgeAsConfigured(baseline, change, { configuration, now: io.now(), notes, unjudged });
}
