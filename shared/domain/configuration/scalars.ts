import { z } from 'zod';
import { parseDuration } from '../duration.ts';
import { region } from './aws-scalars.ts';

/** `90s`, `5m`, `2h`, `14d` or a sum of them in the file; milliseconds for the program. */
export const duration = z
  .string({ error: 'expected a duration like 90s, 5m, 2h or 14d' })
  .regex(/^(\d+[smhdw])+$/, { error: 'expected a duration like 90s, 5m, 2h or 14d' })
  .transform(parseDuration);

export const positiveDuration = duration.refine((ms) => ms > 0, { error: 'expected a duration above 0' });

/** A path; relative ones start at the folder of the configuration file, `~` is the home directory. */
export const path = z.string({ error: 'expected a path' }).min(1, { error: 'expected a path' });

/** A certificate is public: it may stand in the file itself. */
export const pem = z.string().regex(/^\s*-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\s*$/, {
  error: 'expected certificates in PEM, from -----BEGIN CERTIFICATE----- on',
});

/** Without a login: URLs are shown in messages and logs. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'expected a URL like https://prometheus.example.com:9090' })
  .refine((url) => !/^https?:\/\/[^/?#]*@/.test(url), {
    error: 'a secret is never written in this file: expected a URL without a login, which goes under auth',
  });

/** Where a secret is, never the secret itself. */
export const secret = z
  .union(
    [
      z.strictObject({
        env: z.string().regex(/^[A-Za-z_]\w*$/, { error: 'expected the name of an environment variable' }),
      }),
      z.strictObject({ file: path }),
      z.strictObject({
        secret: z
          .string()
          .regex(/^([\w/+=.@-]{1,512}|arn:aws[\w-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+)$/, {
            error: 'expected the name or the ARN of a secret of AWS Secrets Manager',
          })
          .describe('Name or ARN of a secret of AWS Secrets Manager: the only form a deployed meshgraph can read.'),
        key: z
          .string()
          .min(1, { error: "expected a key of the secret's JSON" })
          .optional()
          .describe('The key to take where the secret is JSON. Default: the whole text.'),
        region: region.optional().describe('Where a secret given by name is. Default: aws.region.'),
      }),
    ],
    { error: 'a secret is never written in this file: expected {env: NAME}, {file: PATH} or {secret: NAME-OR-ARN}' },
  )
  .describe(
    'Where the secret is found: an environment variable, a file, or a secret of AWS Secrets Manager. Never the secret itself.',
  );

export type Secret = z.infer<typeof secret>;
