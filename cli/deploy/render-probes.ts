import type { Io } from '../io.ts';
import { mark } from '../output/mark.ts';
import { exitCodeOf } from './check-deployment.ts';
import type { Probe, ProbeGroup } from './probe.ts';

type Screen = Pick<Io, 'colour'>;

/** The result in the manner of `linkerd check`: groups, a mark a probe, what came and what to do, a status line. */
export function renderProbes(io: Screen, groups: readonly ProbeGroup[]): string {
  const sections = groups.map(({ name, probes }) =>
    [name, '-'.repeat(name.length), ...probes.map((probe) => renderProbe(io, probe))].join('\n'),
  );
  const code = exitCodeOf(groups);
  const sign = mark(io, code === 0 ? 'ok' : 'failure');
  return `${[...sections, `Status check results are ${sign}`].join('\n\n')}\n`;
}

const renderProbe = (io: Screen, { title, outcome, lines }: Probe): string =>
  [`${mark(io, outcome)} ${title}`, ...lines.map((line) => `    ${line}`)].join('\n');
