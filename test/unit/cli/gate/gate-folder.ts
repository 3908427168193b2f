import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { meshBeforePullRequests, PULL_REQUESTS, PULL_REQUESTS_AT } from '../../../pull-requests.ts';
import { type CommandRun, runCommand } from '../../../run-command.ts';

const MESH = join(import.meta.dirname, '../../../fixtures/pull-requests/mesh');

/** What the expectations of the pull requests mean by "this configuration". */
const CONFIGURATION =
  'entityModel: { required: { workloads: [owner, dataClass] }, knownDataClasses: [payment, personal, public] }\n';

export const AGAINST = ['--against', '../../baseline.json'];

export const server = (name: string, spec = 'podSelector: {}, port: 80'): string =>
  `apiVersion: policy.linkerd.io/v1beta3\nkind: Server\nmetadata: {name: ${name}, namespace: shop}\nspec: {${spec}}\n`;

/** A folder with `baseline.json`, `meshgraph.yaml`, and `<pull request>/after` and `/base` for each of them. */
export function gateFolder() {
  const root = mkdtempSync(join(tmpdir(), 'meshgraph-gate-'));
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  write('meshgraph.yaml', CONFIGURATION);
  write('baseline.json', JSON.stringify(meshBeforePullRequests()));
  for (const { name, written, expected } of PULL_REQUESTS) {
    for (const folder of ['after', 'base']) mkdirSync(join(root, name, folder), { recursive: true });
    for (const [path, text] of written) write(join(name, 'after', path), text);
    for (const path of [...written.keys(), ...expected.deletes]) {
      if (existsSync(join(MESH, path))) cpSync(join(MESH, path), join(root, name, 'base', path), { recursive: true });
    }
  }
  return {
    root,
    write,
    remove: () => rmSync(root, { recursive: true, force: true }),
    /** Runs the gate where the manifests of a pull request are. */
    gate: (name: string, args: readonly string[], world = {}): Promise<CommandRun> =>
      runCommand(['gate', ...args], { cwd: join(root, name, 'after'), now: () => PULL_REQUESTS_AT, ...world }),
  };
}
