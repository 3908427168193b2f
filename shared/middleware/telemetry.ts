import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE, METRICS, type MetricName } from '../domain/metrics.ts';
import { failureFields } from './failure-fields.ts';

type Fields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** Structured lines. Fields are ids and counts: never a secret, a snapshot, a certificate's body or a whole event. */
export type Log = {
  readonly info: (message: string, fields?: Fields) => void;
  readonly warn: (message: string, fields?: Fields) => void;
  /** An error with its class, its message and those of its causes; a trace only where the fault is ours. */
  readonly error: (message: string, error: unknown, fields?: Fields) => void;
};

/** One value of a metric, in the metric's unit; `cluster` only for clusters of the configuration, so that there are few. */
export type Measure = (name: MetricName, value: number, cluster?: string) => void;

export type Telemetry = {
  readonly logger: Logger;
  readonly measure: Measure;
  /** A log whose every line carries `fields`. */
  readonly logOf: (fields: Fields) => Log;
};

/** Logs and metrics of one function, on standard output as CloudWatch takes them (JSON lines, EMF). */
export function createTelemetry(service: string): Telemetry {
  const logger = new Logger({ serviceName: service });
  const metrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: service });
  return {
    logger,
    measure: (name, value, cluster) => {
      const single = metrics.singleMetric();
      if (cluster !== undefined) single.addDimension('cluster', cluster);
      single.addMetric(name, METRICS[name], value);
    },
    logOf: (about) => ({
      info: (message, fields) => logger.info(message, { ...about, ...fields }),
      warn: (message, fields) => logger.warn(message, { ...about, ...fields }),
      error: (message, error, fields) => logger.error(message, { ...about, ...fields, ...failureFields(error) }),
    }),
  };
}
