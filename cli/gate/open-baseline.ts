import { resolve } from 'node:path';
import { isBundleFile, readBaselineFile } from '../../shared/adapters/baseline-file.ts';
import { staleAfter } from '../../shared/checks/stale-after.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { parseInstant } from '../../shared/domain/instant.ts';
import type { Baseline } from '../../shared/gate/baseline.ts';
import { whyUnjudged } from '../../shared/gate/unjudged.ts';
import type { Period } from '../../shared/questions/period.ts';
import type { Io } from '../io.ts';
import { readBundleBaseline } from './read-bundle-baseline.ts';

export type BaselineAsked = {
  /** `graph`, or a file: a bundle of `meshgraph capture`, or a baseline of `meshgraph export --baseline`. */
  readonly against: string;
  readonly cluster?: string | undefined;
  /** As people write them (shared/domain/instant.ts). */
  readonly at?: string | undefined;
  readonly since?: string | undefined;
  readonly allowStale?: boolean | undefined;
  readonly configuration: Pick<Configuration, 'scan' | 'entityModel' | 'gate'>;
};

export type OpenedBaseline = {
  readonly baseline: Baseline;
  /** Why nothing can be judged on it, one sentence each; empty = it can. */
  readonly unjudged: readonly string[];
};

/**
 * The mesh a change is judged against. Its age counts as of `at` where that is given: who names an instant knows how old it
 * is. Throws InvalidInputError for another cluster than the one asked for.
 */
export async function openBaseline(io: Io, asked: BaselineAsked): Promise<OpenedBaseline> {
  const { against, at, allowStale = false, configuration } = asked;
  const now = at === undefined ? io.now() : parseInstant(at, io.now());
  const { scan, gate } = configuration;
  const told = (baseline: Baseline, maxAgeMs: number): OpenedBaseline => ({
    baseline,
    unjudged: whyUnjudged(baseline, { now, maxAgeMs, allowStale }),
  });
  if (against === 'graph') {
    const { openGraphBaseline } = await import('./open-graph-baseline.ts');
    return told(await openGraphBaseline(io, asked), staleAfter(scan));
  }
  const path = resolve(io.cwd, against);
  const baseline = (await isBundleFile(path, against))
    ? await fromBundle(path, asked, now)
    : await fromFile(path, asked);
  return told(baseline, gate.maxAge);
}

/** The period whose calls count: what `--since` says, else the configuration. */
export function gatePeriod(
  { since, configuration }: Pick<BaselineAsked, 'since' | 'configuration'>,
  at: number,
): Period {
  const from = since === undefined ? Math.max(0, at - configuration.gate.since) : parseInstant(since, at);
  if (from < at) return { since: from, at };
  throw new InvalidInputError(`--since ${since} is not before the instant judged`);
}

const fromBundle = (path: string, asked: BaselineAsked, now: number): Promise<Baseline> =>
  readBundleBaseline({
    path,
    shown: asked.against,
    cluster: asked.cluster,
    until: asked.at === undefined ? undefined : now,
    period: (newest) => gatePeriod(asked, asked.at === undefined ? newest : now),
    periodMs: asked.configuration.scan.period,
    entityModel: asked.configuration.entityModel,
  });

async function fromFile(path: string, { against, cluster, at, since }: BaselineAsked): Promise<Baseline> {
  if (at !== undefined || since !== undefined) {
    const option = at === undefined ? '--since' : '--at';
    throw new InvalidInputError(
      `${against} is a baseline, which speaks of one instant and one period: give ${option} to \`meshgraph export --baseline\``,
    );
  }
  const baseline = await readBaselineFile(path, against);
  if (cluster === undefined || cluster === baseline.cluster) return baseline;
  throw new InvalidInputError(`${against} is of cluster ${baseline.cluster}, not ${cluster}`);
}
