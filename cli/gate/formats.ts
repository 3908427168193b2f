import type { Io } from '../io.ts';
import { renderJunit } from '../output/junit.ts';
import { renderSarif } from '../output/sarif.ts';
import { gateCases } from './gate-cases.ts';
import { gateLog } from './gate-log.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderTable } from './render-table.ts';
import type { ToldGate } from './told-gate.ts';

const ENDINGS: Readonly<Record<string, string>> = { json: 'json', sarif: 'sarif', xml: 'junit', md: 'markdown' };

/** The format a file's ending asks for, if any. */
export const formatOf = (file: string): string | undefined =>
  ENDINGS[/\.([a-z]+)$/.exec(file.replace(/\.sarif\.json$/, '.sarif'))?.[1] ?? ''];

/** The judgement in one of the formats of `-o`. Ends with a newline. */
export function renderGate(io: Pick<Io, 'colour'>, format: string, told: ToldGate): string {
  if (format === 'json') return `${JSON.stringify(asJson(told), null, 2)}\n`;
  if (format === 'sarif') return renderSarif(gateLog(told));
  if (format === 'junit') return renderJunit(gateCases(told));
  return format === 'markdown' ? renderMarkdown(told) : renderTable(io, told);
}

const asJson = ({ report, outcome: { exitCode, failing }, failOn, all }: ToldGate) => ({
  ...report,
  failOn,
  all,
  exitCode,
  failing: failing.map(({ fingerprint }) => fingerprint),
});
