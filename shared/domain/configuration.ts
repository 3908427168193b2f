import { z } from 'zod';
import { checks } from './configuration/checks.ts';
import { clusters } from './configuration/cluster.ts';
import { scan } from './configuration/scan.ts';

/**
 * meshgraph.yaml. No secret is ever part of it: passwords and tokens are named by environment variable or file, and the
 * graph's address and password come from NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD. Everything has a default.
 */
export const configurationSchema = z.strictObject({ clusters, scan, checks });

export type Configuration = z.infer<typeof configurationSchema>;

/** The same schema for editors and other tools, as JSON Schema 2020-12: docs/meshgraph.schema.json. */
export function configurationJsonSchema(): Record<string, unknown> {
  return { title: 'meshgraph.yaml', ...z.toJSONSchema(configurationSchema, { io: 'input' }) };
}
