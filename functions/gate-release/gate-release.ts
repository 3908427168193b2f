import type { ApiRequest, ApiResponse } from '../../shared/domain/api/http.ts';
import type { Answer, Input } from '../../shared/domain/api/operations.ts';
import { readRequest } from '../../shared/domain/api/read-request.ts';
import { type KeepAnswer, respond } from '../../shared/domain/api/respond.ts';
import type { Configuration } from '../../shared/domain/configuration.ts';
import { formatDuration } from '../../shared/domain/duration.ts';
import { NotFoundError } from '../../shared/domain/errors.ts';
import type { Baseline } from '../../shared/gate/baseline.ts';
import { judgeAsConfigured } from '../../shared/gate/judge-as-configured.ts';
import { judgedChange } from '../../shared/gate/judged-change.ts';
import { transformChange } from '../../shared/gate/transform-change.ts';
import { whyUnjudged } from '../../shared/gate/unjudged.ts';
import { type Manifest, parseManifests } from '../../shared/kubernetes/manifests/parse-manifests.ts';
import { chooseCluster } from '../../shared/questions/ask.ts';
import { type Period, readPeriod } from '../../shared/questions/period.ts';

type Asked = Input<'gateRelease'>;

export type GateReleaseDeps = {
  readonly configuration: Pick<Configuration, 'gate' | 'entityModel'>;
  /** The clusters the graph has scans of, with the instant of the newest. */
  readonly readClusters: () => Promise<readonly { cluster: string; newest: number }[]>;
  readonly readBaseline: (cluster: string, period: Period) => Promise<Baseline>;
  /** Scans older than this cannot be judged on, unless the request allows it. Milliseconds. */
  readonly staleAfterMs: number;
  readonly keepAnswer: KeepAnswer;
  readonly now: () => number;
};

/** Judges the manifests of one request of the API. Throws the errors that shared/domain/api/problem.ts turns into answers. */
export async function gateRelease(deps: GateReleaseDeps, request: ApiRequest): Promise<ApiResponse> {
  const { id, input } = readRequest(request);
  if (id !== 'gateRelease') throw new NotFoundError('only the gate is here: all else is answered by answer-query');
  return respond(await judge(deps, input as Asked), request, deps.keepAnswer);
}

async function judge(deps: GateReleaseDeps, asked: Asked): Promise<Answer<'gateRelease'>> {
  const { configuration, staleAfterMs: maxAgeMs } = deps;
  const { at, since = formatDuration(configuration.gate.since), full, namespace, allowStale } = asked;
  const [manifests, base] = [objectsOf(asked.manifests), objectsOf(asked.base)];
  const { change, notes } = transformChange({ manifests, base, full, namespace });
  const now = deps.now();
  const { cluster, newest } = chooseCluster(await deps.readClusters(), asked.cluster);
  const period = readPeriod({ at, since }, newest, now);
  const baseline = await deps.readBaseline(cluster, period);
  // What the mesh was like then is as old as it was then.
  const unjudged = whyUnjudged(baseline, { now: at === undefined ? now : period.at, maxAgeMs, allowStale });
  const judged = judgedChange(baseline, change, configuration.entityModel);
  const { report, ...told } = await judgeAsConfigured(judged, { configuration, now, notes, unjudged });
  return { ...report, rules: [...told.rules], failOn: told.failOn };
}

const objectsOf = (files: Asked['manifests']): Manifest[] =>
  files.flatMap(({ file, text }) => parseManifests(text, file));
