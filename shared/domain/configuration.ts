import { z } from 'zod';
import { alertsSchema } from './configuration/alerts.ts';
import { api } from './configuration/api.ts';
import { aws } from './configuration/aws.ts';
import { checksSchema, type KnownChecks } from './configuration/checks.ts';
import { clusters } from './configuration/cluster.ts';
import { gate } from './configuration/gate.ts';
import { graph } from './configuration/graph.ts';
import { retention } from './configuration/retention.ts';
import { scan } from './configuration/scan.ts';
import { entityModelSchema } from './entity-model.ts';

/**
 * meshgraph.yaml. No secret is ever part of it: passwords and tokens are named by environment variable, file or secret
 * of AWS. The graph's login comes from NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD for commands, and from `graph.secret`
 * for a deployment. Everything has a default.
 */
export const configurationSchema = (checks: KnownChecks) =>
  z
    .strictObject({
      clusters,
      scan,
      entityModel: entityModelSchema,
      checks: checksSchema(checks),
      ownChecks: z
        .string()
        .min(1)
        .optional()
        .describe('A directory of checks of your own, see docs/own-checks.md; relative to this file.'),
      gate,
      graph,
      alerts: alertsSchema(checks),
      retention,
      api,
      aws,
    })
    .superRefine(({ alerts, clusters }, context) => {
      const known = clusters.map(({ name }) => name);
      alerts.routes.forEach((route, at) => {
        route.clusters?.forEach((name, index) => {
          if (known.includes(name)) return;
          context.addIssue({
            code: 'custom',
            path: ['alerts', 'routes', at, 'clusters', index],
            input: name,
            message: `expected the name of a configured cluster (${known.join(', ')})`,
          });
        });
      });
    });

export type Configuration = z.infer<ReturnType<typeof configurationSchema>>;

/** The same schema for editors and other tools, as JSON Schema 2020-12: docs/meshgraph.schema.json. */
export function configurationJsonSchema(checks: KnownChecks): Record<string, unknown> {
  return { title: 'meshgraph.yaml', ...z.toJSONSchema(configurationSchema(checks), { io: 'input' }) };
}
