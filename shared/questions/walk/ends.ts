import { z } from 'zod';

/** What of the entity model makes an end of a way matter: the classes of data it holds, and from where it may be reached. */
export const endRow = z.object({
  key: z.string(),
  name: z.string(),
  holds: z.array(z.string()),
  exposedTo: z.array(z.string()),
});

export type End = z.infer<typeof endRow>;

type Facts = Pick<End, 'holds' | 'exposedTo'>;

const NOTHING: Facts = { holds: [], exposedTo: [] };

export const endsByKey = (rows: readonly End[]): ((key: string) => Facts) => {
  const ends = new Map(rows.map(({ key, holds, exposedTo }) => [key, { holds, exposedTo }]));
  return (key) => ends.get(key) ?? NOTHING;
};
