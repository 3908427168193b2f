import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type CommandRun, runCommand } from '../../../run-command.ts';

const BUNDLE = join(import.meta.dirname, '../../../../demo/recorded-mesh.bundle.gz');
const SOON = Date.parse('2026-11-23T18:05:00Z');

let cwd: string;
const suggest = (args: readonly string[], now = SOON): Promise<CommandRun> =>
  runCommand(['suggest', '--against', BUNDLE, ...args], { cwd, now: () => now });

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'meshgraph-suggest-'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

describe('meshgraph suggest', () => {
  it('writes manifests with what was seen beside each line, and says apart what it cannot know', async () => {
    const { out, err, code } = await suggest(['-n', 'books']);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^# The least Linkerd policy for what was seen in cluster demo from 2026-11-09T18:00:00Z to 2026-11-23T18:00:00Z,\n/,
    );
    expect(out).toMatch(
      / {4}# 311 requests, last 2026-11-23T18:00:00Z, from batch\/reports\n {4}- kind: ServiceAccount\n {6}name: reports\n/,
    );
    expect(parseAllDocuments(out).map((document) => document.errors)).toEqual(Array(10).fill([]));
    expect(err.split('\n')).toEqual(
      expect.arrayContaining([
        'note: calls rarer than what was watched will be denied: only those from 2026-11-09T18:00:00Z to 2026-11-23T18:00:00Z count',
        'note: these Servers deny already what no policy admits and stay as they are: books/authors-http',
      ]),
    );
  });

  it('tells as JSON the objects, who they admit and what cannot be known', async () => {
    const { out, code } = await suggest(['-n', 'emojivoto', '-o', 'json']);
    const { schema, objects, admitted, unknown } = JSON.parse(out);
    expect([code, schema]).toEqual([0, 'meshgraph.suggest/v1']);
    expect(objects.map(({ kind, metadata }: (typeof objects)[0]) => `${kind} ${metadata.name}`)).toEqual([
      'Server emoji-8080',
      'MeshTLSAuthentication emoji-8080-callers',
      'AuthorizationPolicy emoji-8080-callers',
      'Server web-8080',
    ]);
    expect(admitted).toMatchObject([
      { server: 'emojivoto/emoji-8080', port: 8080, who: 'ServiceAccount emojivoto/web', callers: ['emojivoto/web'] },
      {
        server: 'emojivoto/web-8080',
        who: 'accessPolicy all-unauthenticated',
        callers: ['emojivoto/vote-bot', 'rogue/scanner'],
      },
    ]);
    expect(unknown).toContainEqual(expect.stringContaining('emojivoto/web port 8080 takes calls without identity'));
  });

  it('writes to a file where it is asked to', async () => {
    const { out, err, code } = await suggest(['-n', 'books', '--out', 'books.yaml']);
    expect([out, code]).toEqual(['', 0]);
    expect(err).toContain('books.yaml');
    expect(await readFile(join(cwd, 'books.yaml'), 'utf8')).toContain('name: books-7002-callers');
  });

  it.each([
    [
      'a namespace that is not there, with the nearest',
      ['-n', 'bookz'],
      'there is no namespace "bookz"; did you mean books?',
    ],
    [
      'one that nobody called',
      ['-n', 'batch'],
      'nothing can be suggested: no call to batch that a proxy let in was seen from',
    ],
    ['the control plane', ['-n', 'linkerd'], "linkerd is Linkerd's control plane"],
    [
      'a time of which no traffic was read',
      ['--at', '2026-11-23T17:53:30Z', '--since', '5s'],
      'nothing can be suggested: no traffic window of demo covers the time since',
    ],
    ['another cluster', ['--cluster', 'prod'], 'is of cluster demo, not prod'],
    ['a file that is not there', ['--against', 'absent.json'], 'absent.json'],
  ])('suggests nothing for %s', async (_, args, message) => {
    const { out, err, code } = await suggest(args);
    expect([out, code]).toEqual(['', 2]);
    expect(err).toContain(message);
  });

  it('suggests nothing from what is old, unless it is told to', async () => {
    const later = SOON + 365 * 86_400_000;
    const { out, err, code } = await suggest(['-n', 'books'], later);
    expect([out, code]).toEqual(['', 2]);
    expect(err).toContain('nothing can be suggested: the newest scan of demo is of 2026-11-23T17:59:35.160Z');
    expect((await suggest(['-n', 'books', '--allow-stale'], later)).code).toBe(0);
  });
});
