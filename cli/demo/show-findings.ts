import { SEVERITIES } from '../../shared/checks/check.ts';
import type { Finding } from '../../shared/checks/finding.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import { chooseChecks } from '../check/choose-checks.ts';
import { evaluateClusters } from '../check/evaluate-clusters.ts';
import type { Io } from '../io.ts';
import { renderTable } from '../output/table.ts';
import type { Recorded } from './run-demo.ts';

const COLUMNS = [
  { title: 'severity', value: ({ severity }: Finding) => severity },
  { title: 'check', value: ({ check }: Finding) => check },
  { title: 'finding', value: ({ message }: Finding) => message },
];

/** Runs the checks, writes what they find into the graph, lists it, and gives it back: nothing of a finding is cut off. */
export async function showFindings(
  io: Io,
  configuration: Configuration,
  { cluster, since, at }: Recorded,
): Promise<Finding[]> {
  const evaluations = await evaluateClusters(io, chooseChecks(configuration.checks, [], []), configuration, {
    cluster,
    since: formatInstant(since),
    at: formatInstant(at),
    staleAfter: '15m',
    allowStale: false,
    record: true,
  });
  const results = evaluations.flatMap((evaluation) => evaluation.results);
  const found = results
    .flatMap(({ findings }) => findings)
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  io.out(renderTable({ colour: io.colour, columns: undefined }, COLUMNS, found));
  const clean = results.filter(({ status }) => status === 'clean').map(({ check }) => check.id);
  if (clean.length > 0) io.out(`clean: ${clean.join(', ')}\n`);
  return found;
}
