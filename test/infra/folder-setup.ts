import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** vitest's globalSetup: the folder all of these tests synthesise into, removed when the last has ended. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'meshgraph-infra-'));
  process.env.MESHGRAPH_INFRA_TESTS = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
