type Resource = { readonly Type: string; readonly Properties?: Record<string, unknown> };
export type TemplateJson = { readonly Resources: Readonly<Record<string, Resource>> };

/** What of a synthesised template costs something merely by being there, or says how often something runs. */
export type BilledStack = {
  /** MB by function name. */
  readonly memory: ReadonlyMap<string, number>;
  /** Runs in 30 days by the name of the function a schedule starts. */
  readonly scheduled: ReadonlyMap<string, number>;
  /** Queues that Lambda polls. */
  readonly polled: { readonly standard: number; readonly fifo: number };
  readonly keys: number;
  readonly dashboards: number;
  readonly alarmMetrics: number;
  /** Of these, what comes with each cluster. */
  readonly alarmMetricsOfClusters: number;
};

const MINUTES = 30 * 24 * 60;

export function billedStack({ Resources }: TemplateJson, stackName: string): BilledStack {
  const of = (type: string) =>
    Object.values(Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties ?? {}] : []));
  const short = (name: unknown): string => String(name).replace(`${stackName}-`, '');
  const polled = of('AWS::Lambda::EventSourceMapping').map(({ EventSourceArn }) => {
    const { 'Fn::GetAtt': [queue = ''] = [] } = EventSourceArn as { 'Fn::GetAtt'?: string[] };
    return Resources[queue]?.Properties?.FifoQueue === true;
  });
  const alarmed = of('AWS::CloudWatch::Alarm').flatMap(metricsOf);
  return {
    memory: new Map(of('AWS::Lambda::Function').map((it) => [short(it.FunctionName), Number(it.MemorySize)])),
    scheduled: new Map(
      of('AWS::Scheduler::Schedule').map((it) => [short(it.Name), runsOf(String(it.ScheduleExpression))]),
    ),
    polled: { standard: polled.filter((fifo) => !fifo).length, fifo: polled.filter((fifo) => fifo).length },
    keys: of('AWS::KMS::Key').length,
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    alarmMetrics: alarmed.length,
    alarmMetricsOfClusters: alarmed.filter((dimensions) => dimensions.includes('"cluster"')).length,
  };
}

/** The dimensions of each metric an alarm looks at, as text: one on an expression is billed for each metric in it. */
function metricsOf({ Dimensions, Metrics }: Record<string, unknown>): string[] {
  if (!Array.isArray(Metrics)) return [JSON.stringify(Dimensions)];
  return Metrics.flatMap((part: { MetricStat?: { Metric: { Dimensions?: unknown } } }) =>
    part.MetricStat === undefined ? [] : [JSON.stringify(part.MetricStat.Metric.Dimensions)],
  );
}

/** Runs in 30 days of `rate(15 minutes)`, `cron(1/5 * * * ? *)` or `cron(2 * * * ? *)`. */
export function runsOf(expression: string): number {
  const rate = /^rate\((\d+) minutes?\)$/.exec(expression);
  if (rate) return MINUTES / Number(rate[1]);
  const cron = /^cron\(\d+(?:\/(\d+))? \* \* \* \? \*\)$/.exec(expression);
  if (cron) return MINUTES / Number(cron[1] ?? 60);
  throw new Error(`expected rate(N minutes) or cron(M/N * * * ? *), got ${expression}`);
}
