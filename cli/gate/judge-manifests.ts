import { resolve } from 'node:path';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { type GateJudgement, judgeAsConfigured } from '../../shared/gate/judge-as-configured.ts';
import type { ChosenRule } from '../../shared/gate/judge-change.ts';
import type { AnyRule } from '../../shared/gate/rule.ts';
import { transformChange } from '../../shared/gate/transform-change.ts';
import type { Manifest } from '../../shared/kubernetes/manifests/parse-manifests.ts';
import type { GateOptions } from '../commands/gate.ts';
import { loadConfiguration } from '../configuration.ts';
import type { Io } from '../io.ts';
import type { ManifestFile } from '../manifests/read-files.ts';
import { openBaseline } from './open-baseline.ts';
import type { OwnRulesAsked } from './own-rules/judge-own-rules.ts';

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
  const { baseline, unjudged } = await openBaseline(io, { ...options, configuration });
  const directory = options.rules === undefined ? configuration.gate.ownRules : resolve(io.cwd, options.rules);
  const ownRules = directory === undefined ? [] : await judgedOwn(io, { directory, baseline, change, configuration });
  const judging = { configuration, now: io.now(), notes, unjudged, ownRules };
  return { ...(await judgeAsConfigured(baseline, change, judging)), ownRules: ownRules.map(({ rule }) => rule) };
}

/** Loaded only where there are such rules: it brings the driver and starts a Neo4j. */
async function judgedOwn(io: Io, asked: OwnRulesAsked): Promise<ChosenRule[]> {
  const { judgeOwnRules } = await import('./own-rules/judge-own-rules.ts');
  return judgeOwnRules(io, asked);
}
