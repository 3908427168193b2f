import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { renderDot } from '../../../shared/domain/topology/dot.ts';
import { hostileTopology } from './hostile-topology.ts';
import { recordedTopology } from './recorded-topology.ts';

const STRING = String.raw`"(?:[^"\\\r\n]|\\["\\n])*"`;
const ATTRIBUTES = String.raw`\[(?:[a-z]+=(?:${STRING}|\w+) ?)+\]`;
const LINES = new RegExp(
  `^(?:digraph meshgraph \\{| {2}subgraph cluster_\\d+ \\{| *\\}| {4}label=${STRING}| *(?:graph|node|edge|n\\d+(?: -> n\\d+)?) ${ATTRIBUTES}|)$`,
);
const unknownLines = (text: string) => text.split('\n').filter((line) => !LINES.test(line));
const graphviz = spawnSync('dot', ['-V']).status === 0;

test('the graph says each call once, in the colour of its state', () => {
  const text = renderDot(recordedTopology());
  expect(unknownLines(text)).toEqual([]);
  expect(text.match(/n\d+ -> n\d+/g)).toHaveLength(22);
  expect(text.match(/color="#d1242f"/g)?.length).toBe(2 * 7);
});

test('hostile names stay inside their quotes', () => {
  expect(unknownLines(renderDot(hostileTopology))).toEqual([]);
});

test.runIf(graphviz)('Graphviz itself draws both', () => {
  for (const topology of [recordedTopology(), hostileTopology]) {
    const { status, stderr } = spawnSync('dot', ['-Tplain'], { input: renderDot(topology) });
    expect({ status, stderr: String(stderr) }).toEqual({ status: 0, stderr: '' });
  }
});
