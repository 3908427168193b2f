import { z } from 'zod';
import { at, cluster } from './asked.ts';
import { fresh } from './freshness.ts';
import type { Operation } from './operation.ts';

const anchor = z.object({
  sha256: z.string().describe('Fingerprint of the trust anchor.'),
  pods: z.int().describe('Meshed pods whose proxy was given it.'),
  workloads: z.array(z.string()).describe('Keys of the workloads of these pods.'),
});

export const readCertificates = {
  servedBy: 'answer-query',
  method: 'GET',
  path: '/v1/certificates',
  summary: 'Which trust anchors the proxies were given',
  description:
    'What the graph knows of certificates today: the trust anchors in the pod specs. Validity, issuers and private CAs ' +
    'are not read yet, and the note of the answer says so.',
  input: z.strictObject({ cluster, at }),
  answer: z.object({
    cluster: z.string(),
    anchors: z.array(anchor),
    hashedOnly: z.int().describe('Meshed pods of which only a hash of the whole bundle is known.'),
    note: z.string(),
    ...fresh,
  }),
  fails: [404],
} as const satisfies Operation;
