import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder that lives as long as the tests do (folder-setup.ts): what was synthesised is shared by all of them. */
export const temporaryFolder = (): string =>
  mkdtempSync(join(process.env.MESHGRAPH_INFRA_TESTS ?? tmpdir(), 'meshgraph-infra-'));
