import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REFERENCES } from './references.ts';

/** `npm run docs`: writes the generated pages of docs/. Run it after a change of the configuration, graph or checks. */
for (const { path, render } of REFERENCES) {
  await writeFile(join(import.meta.dirname, '..', path), await render());
  process.stdout.write(`${path}\n`);
}
