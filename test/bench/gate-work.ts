import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readBaselineFile } from '../../shared/adapters/baseline-file.ts';
import { entityModelSchema } from '../../shared/domain/entity-model.ts';
import { judgeChange } from '../../shared/gate/judge-change.ts';
import { GATE_RULES } from '../../shared/gate/rules/registry.ts';
import { transformChange } from '../../shared/gate/transform-change.ts';
import { parseManifests } from '../../shared/kubernetes/manifests/parse-manifests.ts';

export type GateFigures = {
  readonly baselineMs: number;
  readonly manifestsMs: number;
  readonly judgeMs: number;
  readonly manifests: number;
  readonly findings: number;
  readonly turned: number;
};

/** Judges manifests against a baseline as `meshgraph gate` does, its modules loaded. */
export async function work({ baseline, manifests }: { baseline: string; manifests: string }): Promise<GateFigures> {
  const begun = performance.now();
  const before = await readBaselineFile(baseline);
  const read = performance.now();
  const written = parseManifests(await readFile(manifests, 'utf8'), basename(manifests));
  const { change } = transformChange({ manifests: written, base: [], full: undefined, namespace: 'default' });
  const parsed = performance.now();
  const report = await judgeChange(before, change, {
    model: entityModelSchema.parse({}),
    rules: GATE_RULES.map((rule) => ({ rule, severity: undefined, exceptions: [] })),
    now: before.at,
  });
  return {
    baselineMs: read - begun,
    manifestsMs: parsed - read,
    judgeMs: performance.now() - parsed,
    manifests: written.length,
    findings: report.findings.length,
    turned: report.calls.length,
  };
}
