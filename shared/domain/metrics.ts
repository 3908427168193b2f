/** The CloudWatch namespace of everything meshgraph measures. */
export const METRIC_NAMESPACE = 'meshgraph';

/**
 * What the functions measure, by name, each with its CloudWatch unit. Dimensions are `service`, the function's name, and
 * `cluster` where one cluster is meant. Alarms are made of these names, so they stand in one place.
 */
export const METRICS = {
  /** Age of the oldest window not yet read: how far the graph is behind. */
  WindowsBehind: 'Seconds',
  /** A scan that did not yield an observation, whatever the reason. */
  ScanFailed: 'Count',
  /** Of those: the source did not answer, or refused us. */
  SourceUnreachable: 'Count',
  ObservationWritten: 'Count',
  /** The graph did not take an observation. */
  GraphRefused: 'Count',
  /** A sweep of a cluster's certificates that went through. */
  CertificateSweep: 'Count',
  AlertDelivered: 'Count',
  AlertFailed: 'Count',
  GraphNodes: 'Count',
  GraphRelationships: 'Count',
  /** Percent of the graph budget that is used. */
  BudgetUsed: 'Percent',
  /** A message that no retry will help: it ends in the dead-letter queue. */
  MessageRefused: 'Count',
  /** A run that was stopped because its time was nearly up. */
  DeadlineReached: 'Count',
} as const satisfies Record<string, 'Count' | 'Seconds' | 'Percent'>;

export type MetricName = keyof typeof METRICS;
