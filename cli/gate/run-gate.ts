import { outcomeOf } from '../../shared/gate/outcome.ts';
import type { GateOptions } from '../commands/gate.ts';
import { writeResult } from '../export/write-result.ts';
import type { Io } from '../io.ts';
import { readFiles } from '../manifests/read-files.ts';
import { objectsIn } from '../manifests/read-manifests.ts';
import { formatOf, renderGate } from './formats.ts';
import { judgeManifests } from './judge-manifests.ts';
import type { ToldGate } from './told-gate.ts';

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
  const { base = [], all } = options;
  const [old, files] = [await readFiles(io, base), await readFiles(io, paths)];
  const before = { files: old, objects: objectsIn(old, base, { mayBeEmpty: true }) };
  const given = { files, objects: objectsIn(files, paths, { mayBeEmpty: before.objects.length > 0 }) };
  const { report, rules, ownRules, failOn: usual } = await judgeManifests(io, given, before, options);
  const strictness = { failOn: options.failOn ?? usual, all };
  const begin = given.objects[0] ?? { file: paths[0] ?? '-', line: 1 };
  return { report, outcome: outcomeOf(report, strictness), ...strictness, begin, rules, ownRules, version };
}
