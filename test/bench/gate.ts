import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { writeBaselineFile } from '../../shared/adapters/baseline-file.ts';
import type { PolicyObject } from '../../shared/linkerd/policy/policy-object.ts';
import { type Apart, runApart } from './apart.ts';
import { findConftest, judgeWithConftest } from './conftest.ts';
import type { GateFigures } from './gate-work.ts';
import { grownBaseline, type MeshScale, manifestsOf } from './grown-mesh.ts';
import { count, type Measured, megabytes, seconds, times } from './report.ts';

export type GateScale = MeshScale & { readonly manifests: number; readonly installConftest: boolean };

/** Of the workloads whose manifests are given, every tenth loses a caller that is seen calling. */
const EVERY = 10;

/**
 * Judges a change of some of the manifests of a grown mesh, at a quarter, a half and the whole of its size, then all of its
 * manifests at once; and the change once more with conftest.
 */
export async function benchGate({ manifests, installConftest, ...full }: GateScale): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'meshgraph-bench-'));
  try {
    const scales = [4, 2, 1].map((part) => ({ ...full, workloads: Math.ceil(full.workloads / part) }));
    const judged: Column[] = [];
    for (const scale of scales) judged.push(await judge(folder, scale, manifests));
    const all = await judge(folder, full, Number.POSITIVE_INFINITY);
    const [, , whole] = judged as [Column, Column, Column];
    const conftest = await findConftest(installConftest);
    const rival = 'missing' in conftest ? undefined : await judgeWithConftest(conftest.program, whole.file);
    return {
      figures: {
        manifests: whole.output.manifests,
        turned: whole.output.turned,
        broken: whole.broken,
        allManifests: all.output.manifests,
        allTurned: all.output.turned,
        allBroken: all.broken,
        judgeMs: whole.output.judgeMs,
      },
      table: { columns: ['', 'a quarter', 'half', 'whole', 'all manifests'], rows: rows([...judged, all], full) },
      goals: [
        {
          wanted: `${count(manifests)} manifests against the whole mesh in well under a second`,
          got: seconds(totalMs(whole)),
          met: totalMs(whole) < 1_000,
        },
        {
          wanted: `${count(all.output.manifests)} manifests in a few seconds`,
          got: seconds(totalMs(all)),
          met: totalMs(all) < 5_000,
        },
      ],
      remarks: [
        ...('missing' in conftest ? [conftest.missing] : []),
        ...(rival
          ? [
              `conftest with the rules it can hold (test/bench/conftest.rego) took ${seconds(rival.ms)} of the wall for the same manifests, ${times(rival.ms / totalMs(whole))} the gate's time; it knows no baseline and no calls.`,
            ]
          : []),
        'The gate runs in a process of its own with its modules loaded; a Node process starts in about 0.2 s more.',
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Column = Apart<GateFigures> & { readonly scale: MeshScale; readonly broken: number; readonly file: string };

const totalMs = ({ output }: Column): number => output.baselineMs + output.manifestsMs + output.judgeMs;

async function judge(folder: string, scale: MeshScale, most: number): Promise<Column> {
  const { objects, broken } = changeOf(scale, most);
  const [baseline, manifests] = [
    join(folder, 'mesh.json'),
    join(folder, `change-${objects.length}-of-${scale.workloads}.yaml`),
  ];
  await writeBaselineFile(baseline, grownBaseline(scale));
  await writeFile(
    manifests,
    objects.map((object) => `---\n${stringify(object, { aliasDuplicateObjects: false })}`).join(''),
  );
  const apart = await runApart<object, GateFigures>('gate-work.ts', { baseline, manifests });
  return { ...apart, scale, broken, file: manifests };
}

/** Manifests from the first workload on, and how many of the calls seen they turn away. */
function changeOf(scale: MeshScale, most: number): { objects: PolicyObject[]; broken: number } {
  const objects: PolicyObject[] = [];
  let broken = 0;
  for (let i = 0; i < scale.workloads && objects.length < most; i++) {
    for (const object of manifestsOf(i, scale).slice(0, most - objects.length)) {
      const tightened = object.kind === 'MeshTLSAuthentication' && i % EVERY === 0;
      if (tightened) broken += 1;
      objects.push(tightened ? withoutOne(object) : object);
    }
  }
  return { objects, broken };
}

function withoutOne(object: PolicyObject): PolicyObject {
  const { identityRefs } = object.spec as { readonly identityRefs: readonly unknown[] };
  return { ...object, spec: { identityRefs: identityRefs.slice(1) } };
}

function rows(columns: readonly Column[], { pods, callers }: MeshScale): string[][] {
  const row = (title: string, cell: (column: Column) => string): string[] => [title, ...columns.map(cell)];
  return [
    row('pods, call pairs', ({ scale }) => `${count(scale.workloads * pods)}, ${count(scale.workloads * callers)}`),
    row('manifests judged', ({ output }) => count(output.manifests)),
    row('calls turned away (as planted)', ({ output, broken }) => `${output.turned} (${broken})`),
    row('reading the baseline', ({ output }) => seconds(output.baselineMs)),
    row('reading the manifests', ({ output }) => seconds(output.manifestsMs)),
    row('judging', ({ output }) => seconds(output.judgeMs)),
    row('together', (column) => seconds(totalMs(column))),
    row('peak memory', ({ peakBytes }) => megabytes(peakBytes)),
  ];
}
