import { spawnSync } from 'node:child_process';
import { startVitest } from 'vitest/node';
import { ministackPython } from './install-ministack.ts';
import { prometheusBinaries } from './install-prometheus.ts';

/**
 * `npm test`: typecheck, lint, then the vitest projects named as arguments (all by default). Ends with the line
 * `N passed, N failed`. A failed typecheck or lint, a file that cannot be loaded and an error outside of any test
 * count as one failure each, so that "0 failed" always means that all is well.
 */
const project = process.argv.slice(2);
const counts = { passed: 0, failed: 0 };

for (const [tool, ...args] of [
  ['tsc', '--noEmit'],
  ['biome', 'check', '--error-on-warnings', '.'],
] as const) {
  const { status } = spawnSync(tool, args, { stdio: 'inherit' });
  if (status !== 0) counts.failed++;
}

// Before the tests start, so that no test's time-out has to cover a download.
for (const install of [prometheusBinaries, ministackPython]) {
  await install().catch((error: Error) => process.stderr.write(`${error.message}\n`));
}

try {
  const vitest = await startVitest('test', [], { run: true, watch: false, ...(project.length > 0 && { project }) });
  for (const file of vitest.state.getTestModules()) {
    const states = [...file.children.allTests()].map((test) => test.result().state);
    const failed = states.filter((state) => state === 'failed').length;
    counts.passed += states.filter((state) => state === 'passed').length;
    counts.failed += failed === 0 && !file.ok() ? 1 : failed;
  }
  counts.failed += vitest.state.getUnhandledErrors().length;
  await vitest.close();
} catch (error) {
  process.stderr.write(`the tests could not be run: ${error instanceof Error ? error.stack : error}\n`);
  counts.failed++;
}

process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);
