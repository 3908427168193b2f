import { z } from 'zod';

/** What of the entity model makes an end of a way matter: the classes of data it holds, and from where it may be reached. */
export const endRow = z.object({ key: z.string(), holds: z.array(z.string()), exposedTo: z.array(z.string()) });

export type End = z.infer<typeof endRow>;

const NOTHING: Omit<End, 'key'> = { holds: [], exposedTo: [] };

export const endsByKey = (rows: readonly End[]): ((key: string) => Omit<End, 'key'>) => {
  const ends = new Map(rows.map((row) => [row.key, row]));
  return (key) => ends.get(key) ?? NOTHING;
};
