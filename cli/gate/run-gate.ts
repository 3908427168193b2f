import { configuredRules } from '../../shared/gate/configured-rules.ts';
import { judgeChange } from '../../shared/gate/judge-change.ts';
import { outcomeOf } from '../../shared/gate/outcome.ts';
import { transformChange } from '../../shared/gate/transform-change.ts';
import type { GateOptions } from '../commands/gate.ts';
import { loadConfiguration } from '../configuration.ts';
import { writeResult } from '../export/write-result.ts';
import type { Io } from '../io.ts';
import { readManifests } from '../manifests/read-manifests.ts';
import { formatOf, renderGate } from './formats.ts';
import { openBaseline } from './open-baseline.ts';
import type { ToldGate } from './told-gate.ts';

const NO_RULE = 'the configuration turns every rule of the gate off';

/** Judges manifests, prints the judgement, writes it to files, and ends with the exit code `--help` names. */
export async function runGate(io: Io, paths: readonly string[], options: GateOptions, version: string): Promise<void> {
  const told = await judge(io, paths, options, version);
  for (const file of options.out ?? []) {
    await writeResult(io, file, [renderGate({ ...io, colour: false }, formatOf(file) ?? options.output, told)]);
  }
  io.out(renderGate(io, options.output, told));
  io.exit(told.outcome.exitCode);
}

async function judge(io: Io, paths: readonly string[], options: GateOptions, version: string): Promise<ToldGate> {
  const configuration = await loadConfiguration(io, options.config);
  const base = await readManifests(io, options.base ?? [], { mayBeEmpty: true });
  const manifests = await readManifests(io, paths, { mayBeEmpty: base.length > 0 });
  const { namespace, full } = options;
  const { change, notes } = transformChange({ manifests, base, full: full === true ? 'namespaces' : full, namespace });
  const { baseline, unjudged } = await openBaseline(io, { ...options, configuration });
  const { gate, entityModel: model } = configuration;
  const rules = configuredRules(gate);
  const judged = await judgeChange(baseline, change, { model, rules, now: io.now() });
  const report = {
    ...judged,
    notes: [...judged.notes, ...notes],
    unjudged: [...judged.unjudged, ...unjudged, ...(rules.length === 0 ? [NO_RULE] : [])],
  };
  const strictness = { failOn: options.failOn ?? gate.failOn, all: options.all };
  const begin = manifests[0] ?? { file: paths[0] ?? '-', line: 1 };
  const ids = rules.map(({ rule }) => rule.id);
  return { report, outcome: outcomeOf(report, strictness), ...strictness, begin, rules: ids, version };
}
