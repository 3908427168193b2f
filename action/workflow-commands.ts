import type { GateFinding } from '../shared/gate/report.ts';

/** GitHub shows ten annotations of each level for a step and drops the rest without a word. */
const SHOWN = 10;

export type Level = 'error' | 'warning' | 'notice';

/** `::error file=…,line=…,title=…::message` as a runner reads it (GitHub, workflow commands). */
export function annotation(level: Level, message: string, properties: Readonly<Record<string, string>> = {}): string {
  const told = Object.entries(properties).map(([name, value]) => `${name}=${escapedProperty(value)}`);
  return `::${level}${told.length > 0 ? ` ${told.join(',')}` : ''}::${escapedText(message)}\n`;
}

/** Findings as annotations of the lines to blame, the ones that fail as errors; how many found no room is said. */
export function annotations(findings: readonly GateFinding[], fails: (finding: GateFinding) => boolean): string {
  const byLevel = Map.groupBy(findings, (finding): Level => {
    if (fails(finding)) return 'error';
    return finding.severity === 'low' || finding.severity === 'info' ? 'notice' : 'warning';
  });
  return [...byLevel].map(([level, found]) => shown(level, found)).join('');
}

function shown(level: Level, findings: readonly GateFinding[]): string {
  const told = findings.length > SHOWN ? SHOWN - 1 : SHOWN;
  const lines = findings.slice(0, told).map(({ rule, message, place, severity }) =>
    annotation(level, message, {
      ...(place ? { file: place.file, line: String(place.line) } : {}),
      title: `${rule} (${severity})`,
    }),
  );
  const left = findings.length - lines.length;
  const more = `${left} more of this kind: see the summary of this job`;
  return [...lines, ...(left > 0 ? [annotation(level, more, { title: 'meshgraph gate' })] : [])].join('');
}

const escapedText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapedProperty = (text: string): string => escapedText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
