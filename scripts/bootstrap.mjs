/**
 * Makes `npm run demo`, `npm test` and `npm run bench` work as the first thing typed in a fresh clone: installs the npm
 * packages, Node 24 among them, when they are missing or are not those of package-lock.json. npm then runs the script
 * itself with node_modules/.bin first on PATH, so with that Node. Plain JavaScript for any Node from 18.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** npm keeps what it installed beside the packages, in the lockfile's own format. Times would lie after a `git pull`. */
function installed() {
  try {
    const wanted = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages;
    const present = JSON.parse(readFileSync(`${root}node_modules/.package-lock.json`, 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, { version, optional, peer }]) => path === '' || optional || peer || present[path]?.version === version,
    );
  } catch {
    return false;
  }
}

/** Runs a program and ends this one with a sentence when it fails. */
function run(command, args, advice) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  process.stderr.write(`${advice}\n`);
  process.exit(2);
}

if (!installed()) {
  process.stderr.write('Installing the npm packages (once, about half a minute)\n');
  run(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--loglevel=error'],
    'the npm packages could not be installed: npm says why above; run `npm ci` once that is mended',
  );
}
run(
  `${root}node_modules/.bin/node`,
  ['-e', 'process.exit(parseInt(process.versions.node) < 22 ? 1 : 0)'],
  'Node 24 from npm does not run: delete node_modules and run `npm ci` with install scripts allowed for the package "node"',
);
