import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BENCHES } from './benches.ts';
import { describeRun } from './machine.ts';
import { renderMarkdown, replaceSection } from './report.ts';

/** `npm run bench [-- NAME...]`: runs the benches named (all by default), prints their tables and writes them into the page. */
const PAGE = join(import.meta.dirname, '../../docs/benchmarks.md');

const names = process.argv.slice(2);
const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `no bench is called ${unknown.join(', ')}: there are ${BENCHES.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}

let missed = 0;
for (const { name, run } of BENCHES) {
  if (names.length > 0 && !names.includes(name)) continue;
  process.stderr.write(`${name} ...\n`);
  const before = await describeRun();
  const measured = await run();
  missed += measured.goals.filter(({ met }) => !met).length;
  const text = `${before}\n\n${renderMarkdown(measured)}`;
  process.stdout.write(`\n## ${name}\n\n${text}`);
  await writeFile(PAGE, replaceSection(await readFile(PAGE, 'utf8'), name, text));
}
process.exit(missed === 0 ? 0 : 1);
