import type { Severity } from '../../checks/check.ts';
import { CHECKS } from '../../checks/registry.ts';
import type { FindingAnswer, LivedFinding } from '../../domain/api/findings.ts';
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import type { Life } from '../../domain/findings/life.ts';
import { CONFIGURATION } from '../../domain/findings/live.ts';
import type { Graph } from '../connection.ts';
import { type LifeProperties, toLife } from '../findings/life-properties.ts';
import count from './count-findings.cypher';
import type { Position } from './cursor.ts';
import query from './findings.cypher';

export type FindingFilter = {
  readonly clusters: readonly string[];
  readonly id?: string | undefined;
  readonly states?: readonly FindingAnswer['state'][] | undefined;
  readonly severities?: readonly Severity[] | undefined;
  readonly check?: string | undefined;
  readonly namespace?: string | undefined;
  readonly owner?: string | undefined;
};

type FindingRow = {
  readonly properties: LifeProperties &
    Pick<FindingAnswer, 'cluster' | 'check' | 'message' | 'firstSeen' | 'lastSeen' | 'evaluatedAt'> & {
      readonly key: string;
      readonly name: string;
      readonly row: string;
      readonly namespaces?: string[];
      readonly owners?: string[];
    };
  readonly about: FindingAnswer['about'];
};

export type ReadFinding = LivedFinding & { readonly key: string };

const parametersOf = ({ clusters, states, severities, check, namespace, owner }: FindingFilter) => ({
  clusters,
  states: states ?? null,
  severities: severities ?? null,
  check: check ?? null,
  namespace: namespace ?? null,
  owner: owner ?? null,
});

/** Findings that pass the filter, newest opened first, at most `limit` of those after `after`. */
export async function readFindings(
  graph: Pick<Graph, 'read'>,
  filter: FindingFilter,
  limit: number,
  after?: Position,
): Promise<ReadFinding[]> {
  const rows = await graph.read<FindingRow>(query, {
    ...parametersOf(filter),
    id: filter.id ?? null,
    afterAt: after?.at ?? null,
    afterKey: after?.key ?? null,
    limit,
  });
  return rows.map(toFinding);
}

/** How many findings pass the filter. */
export async function countFindings(graph: Pick<Graph, 'read'>, filter: FindingFilter): Promise<number> {
  const [row] = await graph.read<{ total: number }>(count, parametersOf(filter));
  return row?.total ?? 0;
}

function toFinding({ properties, about }: FindingRow): ReadFinding {
  const { key, name: id, cluster, check, severity, state, message, namespaces = [], owners = [] } = properties;
  const { firstSeen, openedAt, lastSeen, evaluatedAt } = properties;
  const life = toLife(properties);
  return {
    key,
    id,
    cluster,
    check,
    severity,
    state,
    message,
    remedy: CHECKS.find((known) => known.id === check)?.remedy ?? null,
    firstSeen,
    openedAt,
    lastSeen,
    evaluatedAt,
    resolvedAt: life.resolvedAt,
    acceptance: acceptanceOf(life),
    flappingSince: life.flappingSince,
    namespaces,
    owners,
    about,
    row: JSON.parse(properties.row),
    history: [...life.history],
  };
}

function acceptanceOf({ state, acceptance, exception, history }: Life): FindingAnswer['acceptance'] {
  if (state !== 'accepted') return null;
  if (acceptance !== null || exception === null) return acceptance;
  return { ...exception, by: CONFIGURATION, at: history.at(-1)?.at ?? 0 };
}

/** The finding of a fingerprint, which two clusters may share. Throws NotFoundError, or InvalidInputError for several. */
export async function findingNamed(
  graph: Pick<Graph, 'read'>,
  clusters: readonly string[],
  id: string,
): Promise<ReadFinding> {
  const found = await readFindings(graph, { clusters, id }, 2);
  const [finding, ...others] = found;
  if (!finding) throw new NotFoundError(`there is no finding ${id}: the list of findings tells their ids`);
  if (others.length === 0) return finding;
  const names = found.map(({ cluster }) => cluster).join(' and ');
  throw new InvalidInputError(`finding ${id} is in ${names}: say which is meant by cluster`);
}
