import type { TrafficLabels } from '../../shared/linkerd/traffic/labels.ts';
import { oneOf } from '../../shared/linkerd/traffic/promql.ts';
import { SampleLimitError } from '../../shared/linkerd/traffic/sample-limit.ts';
import type { RawSeries } from '../../shared/linkerd/traffic/series.ts';

export type Ask = (promql: string) => Promise<readonly RawSeries[]>;

/** Asks a query whole, or, where that is more than the server does at once, of a few namespaces at a time. */
export type AskInGroups = (make: (labels: TrafficLabels) => string) => Promise<readonly RawSeries[]>;

export type NamespaceSize = { readonly namespace: string; readonly proxies: number };
type Group = readonly NamespaceSize[];

/** More groups would take longer than a window lasts. */
const MOST_GROUPS = 64;

/** Names stand in up to 173 matchers of one query, and a URI may have 65,534 bytes in a proxy. */
const MOST_NAMES_BYTES = 130;

/**
 * Queries of disjoint groups of the scraped pods' namespaces, their rows put together. It is exact for every query whose
 * rows are of one namespace of scraped pods or of one target, as all of this reader are. Groups are halved as the server
 * refuses them, and kept for the next query: a reading takes at most 64 times its queries, one for the namespaces, and
 * 63 that are refused. Rejects with SampleLimitError where one namespace alone is too much.
 */
export function askInGroups(ask: Ask, labels: TrafficLabels, namespaces: () => Promise<Group>): AskInGroups {
  let groups: Group[] | undefined;

  const askOf = (make: (labels: TrafficLabels) => string, group: Group): Promise<readonly RawSeries[]> =>
    ask(make({ ...labels, selector: `${labels.selector},${labels.namespace}=~${oneOf(namesOf(group))}` }));

  const askEach = async (make: (labels: TrafficLabels) => string, kept: Group[]): Promise<readonly RawSeries[]> => {
    const rows: RawSeries[] = [];
    for (let at = 0; at < kept.length; ) {
      const group = kept[at] as Group;
      try {
        for (const row of await askOf(make, group)) rows.push(row);
        at += 1;
      } catch (error) {
        kept.splice(at, 1, ...halves(group, error));
        if (kept.length > MOST_GROUPS) throw error;
      }
    }
    return rows;
  };

  return async (make) => {
    if (groups !== undefined) return askEach(make, groups);
    try {
      return await ask(make(labels));
    } catch (error) {
      if (!(error instanceof SampleLimitError)) throw error;
      groups = firstGroups(await namespaces(), error);
      return askEach(make, groups);
    }
  };
}

const namesOf = (group: Group): string[] => group.map(({ namespace }) => namespace).sort();

function firstGroups(namespaces: Group, error: unknown): Group[] {
  const fitting = (group: Group): Group[] =>
    group.length < 2 || encodeURIComponent(oneOf(namesOf(group))).length <= MOST_NAMES_BYTES
      ? [group]
      : halves(group, error).flatMap(fitting);
  const groups = halves(namespaces, error).flatMap(fitting);
  if (groups.length > MOST_GROUPS) throw error;
  return groups;
}

/** Two groups with about as many proxies each: the larger namespaces are dealt first, to whoever has less. */
function halves(group: Group, error: unknown): Group[] {
  if (!(error instanceof SampleLimitError) || group.length < 2) throw error;
  const empty = () => ({ members: [] as NamespaceSize[], proxies: 0 });
  const sides = [empty(), empty()] as const;
  for (const one of [...group].sort((a, b) => b.proxies - a.proxies)) {
    const side = sides[0].proxies <= sides[1].proxies ? sides[0] : sides[1];
    side.members.push(one);
    side.proxies += Math.max(one.proxies, 1);
  }
  return sides.map(({ members }) => members);
}
