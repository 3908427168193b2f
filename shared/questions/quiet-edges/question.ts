import { z } from 'zod';
import { formatDuration, parseDuration } from '../../domain/duration.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { defineQuestion } from '../question.ts';
import { rowOf, toldOf } from '../rows-of.ts';
import ledger from '../watched/query.cypher';
import { transformWatched, watchedMs, windowRow } from '../watched/watched.ts';
import query from './query.cypher';

const pairRow = rowOf(
  'pair',
  z.object({
    fromKey: z.string(),
    from: z.string(),
    toKey: z.string(),
    to: z.string(),
    first: z.number(),
    last: z.number(),
    ports: z.array(z.number()),
    /** Of the caller and of the callee. */
    gone: z.tuple([z.string(), z.string()]),
  }),
);

export const quietEdges = defineQuestion({
  id: 'quiet-edges',
  title: 'Who used to call whom and is silent, since when, and is it still there?',
  parameters: [
    {
      name: 'silent',
      meaning: 'for how long, while watched, nothing must have been seen of it',
      kind: 'duration',
      defaultMs: parseDuration('1h'),
    },
  ],
  columns: [
    { name: 'last', title: 'last call', kind: 'instant', meaning: 'the end of the last window it was seen in' },
    {
      name: 'caller',
      title: 'caller',
      meaning: 'the workload; the identity or "unauthenticated" where no workload is known',
    },
    { name: 'callee', title: 'callee', meaning: 'what was called' },
    { name: 'ports', title: 'ports', meaning: 'the ports called' },
    { name: 'first', title: 'first call', kind: 'instant', meaning: 'the first window of all it was seen in' },
    { name: 'watched', title: 'watched since', meaning: 'for how long of the silence somebody watched' },
    { name: 'callerNow', title: 'caller is', meaning: 'there, without pods, gone, or unknown where no scan tells' },
    { name: 'calleeNow', title: 'callee is', meaning: 'likewise' },
  ],
  scope: { columns: ['callerKey', 'calleeKey'], meaning: 'the caller or the callee' },
  example: { silent: '3m' },
  query: `${ledger}\nUNION ALL\n${query}`,
  row: z.union([windowRow, pairRow]),
  answer: (rows, { since, at, values }) => {
    const silent = Number(values.silent);
    if (silent >= at - since) {
      throw new InvalidInputError(
        `the period asked about (${formatDuration(at - since)}) is no longer than the silence (${formatDuration(silent)}): begin it earlier by since, or ask for a shorter silence`,
      );
    }
    const watched = transformWatched(rows.filter((row) => row.what === 'window'));
    const pairs = toldOf(rows, 'pair').map((pair) => ({ ...pair, watched: watchedMs(watched, pair.last, at) }));
    const known = pairs.filter((pair) => pair.watched >= silent);
    const unknown = pairs.length - known.length;
    return {
      rows: known
        .map((pair) => ({
          last: pair.last,
          caller: pair.from,
          callee: pair.to,
          ports: pair.ports.toSorted((a, b) => a - b).map(String),
          first: pair.first,
          watched: formatDuration(pair.watched),
          callerNow: pair.gone[0],
          calleeNow: pair.gone[1],
          callerKey: pair.fromKey,
          calleeKey: pair.toKey,
        }))
        .sort((a, b) => b.last - a.last || (a.callerKey + a.calleeKey < b.callerKey + b.calleeKey ? -1 : 1)),
      summary: (some) => {
        const rest = unknown > 0 ? `; of ${unknown} more nobody knows, for it was not watched long enough since` : '';
        return `${some.length} ${some.length === 1 ? 'pair is' : 'pairs are'} silent for ${formatDuration(silent)} or longer${rest}`;
      },
    };
  },
});
