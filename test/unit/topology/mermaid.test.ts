import { expect, test } from 'vitest';
import { renderMermaid } from '../../../shared/domain/topology/mermaid.ts';
import { hostileTopology } from './hostile-topology.ts';
import { recordedTopology } from './recorded-topology.ts';

const LABEL = String.raw`"(?:[\p{L}\p{N} .,:/·+()_-]|<br/>|#\d+;)*"`;
const LINES = [
  /^---$|^$|^ {2}end$|^flowchart LR$/,
  /^title: ".*"$/,
  new RegExp(`^  subgraph g\\d+\\[${LABEL}\\]$`, 'u'),
  new RegExp(`^ {2,4}n\\d+(\\[${LABEL}\\]|\\(\\[${LABEL}\\]\\)|\\(${LABEL}\\)|\\[/${LABEL}/\\])$`, 'u'),
  new RegExp(`^  n\\d+ (-->|--x|-\\.->)\\|${LABEL}\\| n\\d+$`, 'u'),
  /^ {2}linkStyle \d+(,\d+)* stroke:#[0-9a-f]{6}(,[a-z-]+:[\w ]+)*$/,
];
const unknownLines = (text: string) => text.split('\n').filter((line) => !LINES.some((form) => form.test(line)));

test('the flowchart says each call once, denied ones with a crossed end', () => {
  const text = renderMermaid(recordedTopology());
  expect(unknownLines(text)).toEqual([]);
  expect(text.match(/\|n?.*\| n\d+$/gm)).toHaveLength(22);
  const id = (name: string) => new RegExp(String.raw`(n\d+)[[(/]+"${name}<br`).exec(text)?.[1];
  expect(text).toContain(`  ${id('scanner')} --x|":8080 · 118 req<br/>all denied"| ${id('voting')}\n`);
  expect(text).toContain(`  ${id('webapp')} -.->|":9000 · 274 req"| ${id('inventory')}\n`);
  expect(text).toContain(`  ${id('books')} -->|":3306 · 1,520 conn"| ${id('mysql')}\n`);
});

test('every link has the style of its state', () => {
  const styles = renderMermaid(recordedTopology()).match(/(?<=linkStyle )[\d,]+/g) ?? [];
  const styled = styles.flatMap((list) => list.split(',').map(Number)).sort((a, b) => a - b);
  expect(styled).toEqual(Array.from({ length: 22 }, (_, index) => index));
});

test('hostile names cannot end a label or begin a tag', () => {
  expect(unknownLines(renderMermaid(hostileTopology))).toEqual([]);
});
