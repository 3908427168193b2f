import { type Configuration, configurationJsonSchema, configurationSchema } from '../configuration.ts';
import type { ConfigurableCheck } from './checks.ts';
import { type Problem, problemsOf } from './problems.ts';

/** A document as a whole configuration, its defaults filled in; or all that is wrong with it. */
export function fillIn(
  document: unknown,
  checks: readonly ConfigurableCheck[],
): { readonly configuration: Configuration } | { readonly problems: readonly Problem[] } {
  const parsed = configurationSchema(checks).safeParse(document);
  if (parsed.success) return { configuration: withRegions(parsed.data) };
  return { problems: problemsOf(parsed.error.issues, document, configurationJsonSchema(checks)) };
}

/** Where a cluster's or workspace's region is not said, it is that of the deployment. */
function withRegions(configuration: Configuration): Configuration {
  const { region } = configuration.aws;
  if (region === undefined) return configuration;
  const clusters = configuration.clusters.map((cluster) => ({
    ...cluster,
    kubernetes: 'eks' in cluster.kubernetes ? { region, ...cluster.kubernetes } : cluster.kubernetes,
    prometheus: 'workspace' in cluster.prometheus ? { region, ...cluster.prometheus } : cluster.prometheus,
  }));
  return { ...configuration, clusters };
}
