import { MeshgraphError } from '../../shared/domain/errors.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { Observation } from '../../shared/domain/observation.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { mark, type Outcome } from '../output/mark.ts';
import { progressLine } from '../output/progress.ts';
import type { Delivered } from './delivery.ts';

type Problem = { readonly cluster?: string; readonly source: string; readonly message: string };

/** What a scan says while it runs: a line an observation, a sentence a problem; as JSON one document a round. */
export type ScanReport = {
  readonly progress: (text: string) => void;
  readonly delivered: (delivered: Delivered) => void;
  readonly problem: (cluster: string | undefined, source: string, error: unknown) => void;
  readonly note: (cluster: string, source: string, text: string) => void;
  /** Ends a round: `true` when nothing went wrong in it. */
  readonly finish: () => boolean;
};

export function scanReport(io: Io, format: string, following: boolean): ScanReport {
  const line = progressLine(io);
  let observations: ReturnType<typeof summary>[] = [];
  let problems: Problem[] = [];
  const said = new Map<string, string>();
  /** A gap of an hour is one sentence, not one a window. */
  const sayNotes = ({ cluster, source, coverage: { notes } }: Observation): void => {
    const text = notes.map((note) => `${cluster} ${source}: ${note}\n`).join('');
    if (text !== (said.get(`${cluster} ${source}`) ?? '')) io.err(text);
    said.set(`${cluster} ${source}`, text);
  };
  return {
    progress: line.update,
    delivered: ({ observation, state }) => {
      line.clear();
      const outcome = observation.coverage.notes.length > 0 ? 'warning' : OUTCOMES[state];
      if (format === 'json') observations.push(summary(observation, state));
      else io.out(`${mark(io, outcome)} ${told(observation)}${state === 'written' ? '' : ` (${STATES[state]})`}\n`);
      sayNotes(observation);
    },
    problem: (cluster, source, error) => {
      if (!(error instanceof MeshgraphError)) throw error;
      line.clear();
      problems.push({ ...(cluster !== undefined && { cluster }), source, message: error.message });
      io.err(`${cluster === undefined ? source : `${cluster} ${source}`}: ${error.message}\n`);
    },
    note: (cluster, source, text) => {
      line.clear();
      io.err(`${cluster} ${source}: ${text}\n`);
    },
    finish: () => {
      line.clear();
      const document = { observations, problems };
      if (format === 'json' && following) io.out(`${JSON.stringify(document)}\n`);
      else if (format === 'json') writeJson(io, document);
      const clean = problems.length === 0;
      observations = [];
      problems = [];
      return clean;
    },
  };
}

const OUTCOMES: Record<Delivered['state'], Outcome> = { written: 'ok', unchanged: 'ok', kept: 'warning' };
const STATES = { unchanged: 'known already', kept: 'kept in the log, not yet in the graph' };

function summary(observation: Observation, state: Delivered['state']) {
  const { id, cluster, source, at } = observation;
  return { id, cluster, source, at, state, ...counts(observation), coverage: observation.coverage };
}

const counts = (observation: Observation) =>
  observation.source === 'traffic'
    ? { from: observation.window.from, calls: observation.calls.length, arrivals: observation.arrivals.length }
    : { entities: observation.entities.length, relations: observation.relations.length };

function told(observation: Observation): string {
  const { cluster, source } = observation;
  const head = `${cluster} ${source.padEnd(7)} `;
  if (observation.source !== 'traffic') {
    const { entities, relations, at } = observation;
    return `${head}${formatInstant(at)}: ${entities.length} objects and ${relations.length} relations`;
  }
  const { window, calls, arrivals } = observation;
  const end = formatInstant(window.to).slice(11);
  return `${head}${formatInstant(window.from)} to ${end}: ${calls.length} calls and ${arrivals.length} arrivals`;
}
