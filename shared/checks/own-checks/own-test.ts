import { z } from 'zod';
import { problemsOf } from '../../domain/configuration/problems.ts';
import { readYaml } from '../../domain/configuration/read-yaml.ts';
import type { Arrival } from '../../domain/observation.ts';

const VERDICTS = [
  'allowed',
  'audited',
  'denied',
  'noRoute',
  'rateLimited',
  'terminated',
] as const satisfies readonly Arrival['verdict'][];

const text = z.string({ error: 'expected a text' }).min(1, { error: 'expected a text' });
const NAMED = '[a-z0-9][a-z0-9.-]*/[a-z0-9][a-z0-9.-]*';

const call = z.strictObject({
  from: z.string().regex(new RegExp(`^(${NAMED}|identity:\\S+|unmeshed)$`), {
    error: 'expected a workload as namespace/name, identity:NAME, or unmeshed',
  }),
  to: z.string().regex(new RegExp(`^((service:)?${NAMED}|external:\\S+)$`), {
    error: 'expected a workload as namespace/name, service:namespace/name, or external:ADDRESS',
  }),
  port: z.int().min(1).max(65_535).default(8080),
  /** Of TCP: connections. */
  requests: z.int().min(1).default(1),
  protocol: z.enum(['http', 'tcp']).default('http'),
  mtls: z.boolean().default(true),
  verdict: z.enum(VERDICTS).default('allowed'),
});

const ownTest = z.strictObject({
  /** Every sentence the check must say, in any order; none where it must be silent. */
  finds: z.array(text, { error: 'expected a list of the sentences the check must say, [] where it must be silent' }),
  /** Kubernetes objects as manifests write them. */
  objects: z
    .array(
      z.looseObject({
        apiVersion: text,
        kind: text,
        metadata: z.looseObject({ name: text, namespace: text.optional() }),
      }),
    )
    .default([]),
  /** Calls seen in the minutes before. */
  calls: z.array(call).default([]),
});

/** A small mesh, and what a check must say of it. */
export type OwnTest = z.infer<typeof ownTest>;
export type TestedCall = OwnTest['calls'][number];

/** A test of its text. `file` is how messages call it. Throws InvalidInputError, one sentence a problem with file and line. */
export function parseOwnTest(yaml: string, file: string): OwnTest {
  const { input, refusal } = readYaml(yaml, file);
  const parsed = ownTest.safeParse(input);
  if (parsed.success) return parsed.data;
  throw refusal(problemsOf(parsed.error.issues, input, z.toJSONSchema(ownTest, { io: 'input' })));
}
