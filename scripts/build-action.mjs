/**
 * Bundles the GitHub Action (action.yml) into action/gate.mjs, which is committed: a workflow that names a commit runs what
 * lies there, with nothing installed. Prints what it weighs.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { actionFiles } from './action-bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

for (const [path, text] of Object.entries(await actionFiles(root))) {
  await writeFile(`${root}${path}`, text);
  process.stdout.write(`${path}: ${Math.round(Buffer.byteLength(text) / 1024)} KB\n`);
}
