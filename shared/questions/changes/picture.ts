import { mermaidText } from '../../domain/topology/mermaid-text.ts';
import type { AnswerRow } from '../question.ts';

export type DifferencePicture = { readonly mermaid: string; readonly left: number };

type Arrow = { readonly from: string; readonly to: string; readonly label: string; readonly came: boolean };

const GONE = /^(vanished|closed|last call|no longer)/;

/**
 * What came, in green, and what went, in red and dashed, as a Mermaid flowchart of at most so many arrows and boxes, oldest
 * first. `left` are not drawn. What only changed is in neither: it has no shape.
 */
export function differencePicture(rows: readonly AnswerRow[], most: number): DifferencePicture {
  const shaped = rows.filter(({ what }) => what !== 'changed');
  const drawn = shaped.slice(0, most);
  const arrows = drawn.flatMap(arrowOf);
  const boxes = drawn.filter(({ otherName }) => otherName === null || otherName === undefined);
  const names = [...new Set([...boxes.map(captionOf), ...arrows.flatMap(({ from, to }) => [from, to])])];
  const ids = new Map(names.map((name, i) => [name, `n${i}`]));
  const linksOf = (came: boolean): string[] => {
    const numbers = [...arrows.entries()].flatMap(([i, arrow]) => (arrow.came === came ? [i] : []));
    return numbers.length > 0 ? [`  linkStyle ${numbers.join(',')} ${came ? CAME : WENT}`] : [];
  };
  const boxesOf = (came: boolean): string[] => {
    const own = boxes.filter(({ what }) => GONE.test(String(what)) !== came).map((row) => ids.get(captionOf(row)));
    return own.map((id) => `  style ${id} ${came ? CAME : WENT}`);
  };
  const mermaid = [
    'flowchart LR',
    ...names.map((name) => `  ${ids.get(name)}["${mermaidText(name)}"]`),
    ...arrows.map(({ from, to, label, came }) => {
      return `  ${ids.get(from)} ${came ? '-->' : '-.->'}|"${mermaidText(label)}"| ${ids.get(to)}`;
    }),
    ...linksOf(true),
    ...linksOf(false),
    ...boxesOf(true),
    ...boxesOf(false),
  ].join('\n');
  return { mermaid, left: shaped.length - drawn.length };
}

const CAME = 'stroke:#1a7f37,stroke-width:2px';
const WENT = 'stroke:#d1242f,stroke-width:2px,stroke-dasharray:6 4';
const LONGEST = 80;

const short = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
const captionOf = ({ label, name, key }: AnswerRow): string => short(`${label} ${name ?? key}`);

function arrowOf(row: AnswerRow): Arrow[] {
  const { what, otherLabel, otherName } = row;
  if (otherName === null || otherName === undefined) return [];
  const to = short(`${otherLabel} ${otherName}`);
  return [{ from: captionOf(row), to, label: String(what), came: !GONE.test(String(what)) }];
}
