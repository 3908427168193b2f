import { type Answered, type AskDeps, type Asked, ask, LIMIT } from '../ask.ts';
import { withinScope } from '../scope/read-scope.ts';
import endsQuery from '../walk/ends.cypher';
import { endRow } from '../walk/ends.ts';
import { changedReach, type Sight } from './data-reach.ts';
import { changes } from './question.ts';

export type AskedDifference = Pick<Asked, 'cluster' | 'namespace' | 'owner' | 'now'> & {
  /** An instant, or a span before `to`. */
  readonly from: string;
  readonly to?: string | undefined;
  readonly quiet?: string | undefined;
};

/** Who calls whom is what was seen for so long: rare calls are not taken for new, nor for gone. */
const SIGHT_MS = 24 * 3_600_000;

/**
 * What became different between two instants, with who came to reach data and who no longer does. It is told whole: what is
 * cut of a difference would pass for what did not change. Throws as `ask` does.
 */
export async function readDifference(deps: AskDeps, asked: AskedDifference): Promise<Answered> {
  const { from, to, quiet, cluster: named, namespace, owner } = asked;
  const limit = String(LIMIT.most);
  const common = { cluster: named, namespace, owner, now: asked.now, limit, since: from, at: to };
  const told = await ask(deps, { ...common, question: changes, values: { quiet } });
  const { cluster, since, at } = told;
  const sightAt = async (instant: number): Promise<Sight> => ({
    walk: await deps.readWalk({ cluster, since: instant - SIGHT_MS, at: instant }),
    ends: (await deps.readRows(endsQuery, { cluster, at: instant })).map((row) => endRow.parse(row)),
  });
  const [then, now] = [await sightAt(since), await sightAt(at)];
  // Where nothing was known to hold data yet, data is no news.
  const before = then.ends.length > 0 ? then : { ...then, ends: now.ends };
  const reach = changedReach(before, now, since);
  const scope = { cluster, since, at, namespace, owner };
  const within = await withinScope(deps.readRows, scope, reach, changes.scope);
  const rows = [...told.rows, ...within].toSorted((a, b) => Number(a.at) - Number(b.at));
  return { ...told, rows, total: rows.length, summary: rows.length === 1 ? '1 change' : `${rows.length} changes` };
}
