import type { Configuration } from '../configuration.ts';

/** What is looked for in a region, wherever it stands: an EKS cluster, a workspace, a secret by name. */
const REGIONAL = ['eks', 'workspace', 'secret'];

/** Where none is said, the region of an EKS cluster, a workspace or a secret is that of the deployment. */
export function withRegions(configuration: Configuration): Configuration {
  const { clusters, graph, alerts, aws } = configuration;
  const { region } = aws;
  if (region === undefined) return configuration;
  return {
    ...configuration,
    clusters: filled(clusters, region),
    graph: filled(graph, region),
    alerts: filled(alerts, region),
  };
}

function filled<T>(value: T, region: string): T {
  if (Array.isArray(value)) return value.map((item) => filled(item, region)) as T;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, below]) => [key, filled(below, region)]);
  const isRegional = REGIONAL.some((key) => typeof (value as Record<string, unknown>)[key] === 'string');
  return { ...(isRegional && { region }), ...Object.fromEntries(entries) };
}
