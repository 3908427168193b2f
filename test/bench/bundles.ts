import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions } from '../../scripts/function-bundles.mjs';
import { type Measured, times } from './report.ts';

const ROOT = join(import.meta.dirname, '../../');

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1024)} KB`;

/** What each function's bundle weighs, and would weigh if it were bundled as it comes (scripts/slim-bundle.mjs). */
export async function benchBundles(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'meshgraph-bundles-'));
  try {
    const slim = await bundleFunctions(ROOT, join(folder, 'slim'));
    const plain = await bundleFunctions(ROOT, join(folder, 'plain'), []);
    const bytesAsItComes = (name: string) => plain.find((one) => one.name === name)?.bytes ?? Number.NaN;
    const rows = slim.map(({ name, bytes, budget, heaviest }) => [
      name,
      kilobytes(bytes),
      kilobytes(budget),
      kilobytes(bytesAsItComes(name)),
      heaviest
        .slice(0, 4)
        .map(([what, weight]) => `${what} ${Math.round(weight / 1024)}`)
        .join(', '),
    ]);
    const sum = (all: readonly { bytes: number }[]) => all.reduce((total, { bytes }) => total + bytes, 0);
    const over = slim.filter(({ bytes, budget }) => bytes > budget).length;
    return {
      figures: { functions: slim.length, over, bytes: sum(slim), bytesAsTheyCome: sum(plain) },
      table: { columns: ['function', 'minified', 'budget', 'as it comes', 'heaviest (KB)'], rows },
      goals: [
        { wanted: 'every function within its budget', got: `${slim.length - over} of ${slim.length}`, met: over === 0 },
      ],
      remarks: [`All together ${times(sum(slim) / sum(plain))} of what they would weigh as they come.`],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
