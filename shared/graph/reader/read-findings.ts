import type { Severity } from '../../checks/check.ts';
import { CHECKS } from '../../checks/registry.ts';
import type { FindingAnswer } from '../../domain/api/findings.ts';
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import type { Graph } from '../connection.ts';
import type { Position } from './cursor.ts';
import query from './findings.cypher';

export type FindingFilter = {
  readonly clusters: readonly string[];
  readonly id?: string | undefined;
  readonly states?: readonly FindingAnswer['state'][] | undefined;
  readonly severities?: readonly Severity[] | undefined;
  readonly check?: string | undefined;
};

type FindingRow = Omit<FindingAnswer, 'acceptance' | 'remedy' | 'row'> & {
  readonly key: string;
  readonly row: string;
  readonly reason: string | null;
  readonly by: string | null;
  readonly acceptedAt: number | null;
  readonly until: number | null;
};

export type ReadFinding = FindingAnswer & { readonly key: string };

/** Findings that pass the filter, newest opened first, at most `limit` of those after `after`. */
export async function readFindings(
  graph: Pick<Graph, 'read'>,
  { clusters, id, states, severities, check }: FindingFilter,
  limit: number,
  after?: Position,
): Promise<ReadFinding[]> {
  const rows = await graph.read<FindingRow>(query, {
    clusters,
    id: id ?? null,
    states: states ?? null,
    severities: severities ?? null,
    check: check ?? null,
    afterAt: after?.at ?? null,
    afterKey: after?.key ?? null,
    limit,
  });
  return rows.map(toFinding);
}

function toFinding({ reason, by, acceptedAt, until, row, ...told }: FindingRow): ReadFinding {
  const isAccepted = told.state === 'accepted' && reason !== null && until !== null && acceptedAt !== null;
  return {
    ...told,
    remedy: CHECKS.find(({ id }) => id === told.check)?.remedy ?? null,
    acceptance: isAccepted ? { reason, by: by ?? 'unknown', at: acceptedAt, until } : null,
    row: JSON.parse(row),
  };
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
