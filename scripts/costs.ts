import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { synthesise } from '../test/infra/synthesise.ts';
import { renderCosts } from './costs/page.ts';

/** `npm run costs`: writes docs/costs.md. Run it after a change of the stack, of what runs take, or of prices. */
const { template, stack } = synthesise('least');
await writeFile(
  join(import.meta.dirname, '../docs/costs.md'),
  renderCosts(template.toJSON() as never, stack.stackName),
);
process.stdout.write('docs/costs.md\n');
