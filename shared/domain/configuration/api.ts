import { z } from 'zod';
import { positiveDuration } from './scalars.ts';

const tokens = z.strictObject({
  issuer: z
    .url({ protocol: /^https$/, error: 'expected the issuer of the tokens as an https URL' })
    .describe('Issuer of the JSON Web Tokens: its OpenID configuration is read from there.'),
  audience: z
    .array(z.string().min(1))
    .min(1, { error: 'expected at least one audience' })
    .describe('Audiences (or client ids) a token may be for.'),
});

/** The HTTP API of a deployed meshgraph. */
export const api = z
  .strictObject({
    authorizer: z
      .union([z.literal('iam'), tokens], { error: 'expected iam or {issuer: ..., audience: [...]}' })
      .default('iam')
      .describe('Who may ask: callers IAM lets invoke the API, or bearers of tokens of an issuer.'),
    cypher: z
      .strictObject({
        enabled: z.boolean().default(false).describe('Whether free, read-only Cypher may be asked.'),
        timeout: positiveDuration
          .refine((ms) => ms <= 20_000, { error: 'expected at most 20s: the gateway waits no longer than 30s' })
          .prefault('10s')
          .describe('The statement is ended after this long.'),
        maxRows: z.int().min(1).max(10_000).default(1_000).describe('At most this many rows are answered.'),
      })
      .prefault({}),
  })
  .prefault({});
