import type { Severity } from '../../shared/checks/check.ts';
import type { Io } from '../io.ts';
import { renderJunit } from '../output/junit.ts';
import { renderSarif } from '../output/sarif.ts';
import { checkCases } from './check-cases.ts';
import { checkLog } from './check-log.ts';
import type { Judged } from './judged.ts';
import { asJson, renderReport, renderShort } from './report.ts';
import { exitCodeOf } from './verdict.ts';

type Asked = { readonly format: string; readonly failOn: Severity; readonly version: string };

/** Evaluations in one of the formats of `-o`. Ends with a newline, unless there is nothing to tell. */
export function renderChecks(io: Pick<Io, 'colour'>, evaluations: readonly Judged[], asked: Asked): string {
  const { format, failOn, version } = asked;
  if (format === 'json') return `${JSON.stringify(asJson(evaluations, failOn), null, 2)}\n`;
  if (format === 'sarif') {
    return renderSarif(checkLog(evaluations, { exitCode: exitCodeOf(evaluations, failOn), version }));
  }
  if (format === 'junit') return renderJunit(checkCases(evaluations, failOn));
  return format === 'short' ? renderShort(evaluations) : renderReport(io, evaluations, failOn);
}
