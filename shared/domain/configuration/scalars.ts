import { z } from 'zod';
import { parseDuration } from '../duration.ts';

/** `90s`, `5m`, `2h`, `14d` or a sum of them in the file; milliseconds for the program. */
export const duration = z
  .string({ error: 'expected a duration like 90s, 5m, 2h or 14d' })
  .regex(/^(\d+[smhdw])+$/, { error: 'expected a duration like 90s, 5m, 2h or 14d' })
  .transform(parseDuration);

export const positiveDuration = duration.refine((ms) => ms > 0, { error: 'expected a duration above 0' });

/** A path; relative ones start at the folder of the configuration file, `~` is the home directory. */
export const path = z.string({ error: 'expected a path' }).min(1, { error: 'expected a path' });

export const httpUrl = z.url({
  protocol: /^https?$/,
  error: 'expected a URL like https://prometheus.example.com:9090',
});

/** Where a secret is, never the secret itself. */
export const secret = z
  .union(
    [
      z.strictObject({
        env: z.string().regex(/^[A-Za-z_]\w*$/, { error: 'expected the name of an environment variable' }),
      }),
      z.strictObject({ file: path }),
    ],
    { error: 'a secret is never written in this file: expected {env: NAME} or {file: PATH}' },
  )
  .describe('Where the secret is found: the name of an environment variable, or a file. Never the secret itself.');

export type Secret = z.infer<typeof secret>;
