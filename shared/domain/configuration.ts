import { z } from 'zod';
import { type ConfigurableCheck, checksSchema } from './configuration/checks.ts';
import { clusters } from './configuration/cluster.ts';
import { scan } from './configuration/scan.ts';
import { entityModelSchema } from './entity-model.ts';

/**
 * meshgraph.yaml. No secret is ever part of it: passwords and tokens are named by environment variable or file, and the
 * graph's address and password come from NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD. Everything has a default.
 */
export const configurationSchema = (checks: readonly ConfigurableCheck[]) =>
  z.strictObject({ clusters, scan, entityModel: entityModelSchema, checks: checksSchema(checks) });

export type Configuration = z.infer<ReturnType<typeof configurationSchema>>;

/** The same schema for editors and other tools, as JSON Schema 2020-12: docs/meshgraph.schema.json. */
export function configurationJsonSchema(checks: readonly ConfigurableCheck[]): Record<string, unknown> {
  return { title: 'meshgraph.yaml', ...z.toJSONSchema(configurationSchema(checks), { io: 'input' }) };
}
