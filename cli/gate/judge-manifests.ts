import { InvalidInputError } from '../../shared/domain/errors.ts';
import { type GateJudgement, judgeAsConfigured } from '../../shared/gate/judge-as-configured.ts';
import { judgedChange } from '../../shared/gate/judged-change.ts';
import type { AnyRule } from '../../shared/gate/rule.ts';
import { transformChange } from '../../shared/gate/transform-change.ts';
import type { Manifest } from '../../shared/kubernetes/manifests/parse-manifests.ts';
import type { GateOptions } from '../commands/gate.ts';
import { loadConfiguration } from '../configuration.ts';
import type { Io } from '../io.ts';
import type { ManifestFile } from '../manifests/read-files.ts';
import { openBaseline } from './open-baseline.ts';
import type { OwnRulesAsked } from './own-rules/judge-own-rules.ts';
import { readOwnRules } from './own-rules/read-own-rules.ts';

/** Files and the objects they hold. */
export type Given = { readonly files: readonly ManifestFile[]; readonly objects: readonly Manifest[] };

export type ManifestJudgement = GateJudgement & {
  /** What the user's own rules say of themselves. */
  readonly ownRules: readonly AnyRule[];
};

/** Judges manifests against what `--against` names; the graph is a deployed API's where `--api` or MESHGRAPH_API names one. */
export async function judgeManifests(
  io: Io,
  given: Given,
  before: Given,
  options: GateOptions,
): Promise<ManifestJudgement> {
  const full = options.full === true ? 'namespaces' : options.full;
  const { namespace, against, at, since, cluster, allowStale } = options;
  const { change, notes } = transformChange({ manifests: given.objects, base: before.objects, full, namespace });
  const { MESHGRAPH_API: api } = io.env;
  if (api && against === 'graph') {
    if (options.config !== undefined) {
      throw new InvalidInputError('an API judges by the configuration it was deployed with: leave out --config');
    }
    if (options.rules !== undefined) {
      throw new InvalidInputError(
        'an API judges by built-in rules only: leave out --rules, or judge against a baseline file',
      );
    }
    const { askGateApi } = await import('./ask-gate-api.ts');
    const texts = { manifests: [...given.files], base: [...before.files] };
    const asked = { ...texts, full, namespace, at, since, cluster, allowStale };
    return { ...(await askGateApi(io, api, asked)), ownRules: [] };
  }
  const configuration = await loadConfiguration(io, options.config);
  // Before the baseline, which may take long: what is wrong with them is told at once.
  const rules = await readOwnRules(io.cwd, configuration.gate, options.rules);
  const { baseline, unjudged } = await openBaseline(io, { ...options, configuration });
  const judged = judgedChange(baseline, change, configuration.entityModel);
  const ownRules = rules.length === 0 ? [] : await judgedOwn(io, { rules, judged, configuration });
  const judging = { configuration, now: io.now(), notes, unjudged, ownRules };
  return { ...(await judgeAsConfigured(judged, judging)), ownRules };
}

/** Loaded only where there are such rules: it brings the driver and starts a Neo4j. */
async function judgedOwn(io: Io, asked: OwnRulesAsked): Promise<AnyRule[]> {
  const { judgeOwnRules } = await import('./own-rules/judge-own-rules.ts');
  return judgeOwnRules(io, asked);
}
