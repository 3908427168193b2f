import { mermaidText } from '../domain/topology/mermaid-text.ts';
import { type GateReport, MAY_BE, type TurnedCall } from './report.ts';
import { some } from './telling/amounts.ts';

type Link = { readonly from: string; readonly to: string; readonly label: string; readonly breaks: boolean };

export type Picture = { readonly mermaid: string; readonly left: number };

const FAILS = new Set(['denied', 'broken', 'rate-limited']);
const NAME_LENGTH = 80;

const endsIn = ({ after }: TurnedCall): string => (after.startsWith(MAY_BE) ? after.slice(MAY_BE.length) : after);

/** Whether a call that got through before no longer does, or may not. */
const breaks = (call: TurnedCall): boolean => FAILS.has(endsIn(call)) && !FAILS.has(call.before);
const opens = (call: TurnedCall): boolean => FAILS.has(call.before) && !FAILS.has(endsIn(call));

/**
 * What breaks, in red, and what opens, in green and dashed, as a Mermaid flowchart of at most so many arrows, those that break
 * first. `left` are not drawn; null = nothing breaks or opens.
 */
export function gatePicture({ calls, opened }: Pick<GateReport, 'calls' | 'opened'>, most: number): Picture | null {
  const links = [...broken(calls), ...opening(calls, opened)];
  if (links.length === 0) return null;
  const drawn = links.slice(0, most);
  const names = [...new Set(drawn.flatMap(({ from, to }) => [from, to]))];
  const ids = new Map(names.map((name, i) => [name, `n${i}`]));
  const styled = (wanted: boolean, style: string): string[] => {
    const numbers = [...drawn.entries()].flatMap(([i, link]) => (link.breaks === wanted ? [i] : []));
    return numbers.length > 0 ? [`  linkStyle ${numbers.join(',')} ${style}`] : [];
  };
  const mermaid = [
    'flowchart LR',
    ...names.map((name) => `  ${ids.get(name)}["${mermaidText(short(name))}"]`),
    ...drawn.map(
      (link) =>
        `  ${ids.get(link.from)} ${link.breaks ? '--x' : '-.->'}|"${mermaidText(short(link.label))}"| ${ids.get(link.to)}`,
    ),
    ...styled(true, 'stroke:#d1242f,stroke-width:2px'),
    ...styled(false, 'stroke:#1a7f37,stroke-width:2px'),
  ].join('\n');
  return { mermaid, left: links.length - drawn.length };
}

const broken = (calls: readonly TurnedCall[]): Link[] =>
  calls.filter(breaks).map(({ from, to, port, after, count, unit }) => {
    return { from, to, label: `${port}: ${after}, ${some(count, unit.slice(0, -1))} seen`, breaks: true };
  });

/** A call that was refused and gets through is told by who gains access, where it is told there too. */
function opening(calls: readonly TurnedCall[], opened: GateReport['opened']): Link[] {
  const nameOf = (from: string, to: string, port: number | null): string => JSON.stringify([from, to, port]);
  const told = new Set(opened.map(({ who, to, port }) => nameOf(who, to, port)));
  return [
    ...opened.map(({ who, to, port, dataClasses }) => {
      return { from: who, to, label: [`${port ?? 'every port'}`, ...dataClasses].join(', '), breaks: false };
    }),
    ...calls
      .filter((call) => opens(call) && !told.has(nameOf(call.from, call.to, call.port)))
      .map(({ from, to, port, before }) => ({ from, to, label: `${port}: was ${before}`, breaks: false })),
  ];
}

const short = (text: string): string => (text.length > NAME_LENGTH ? `${text.slice(0, NAME_LENGTH - 1)}…` : text);
