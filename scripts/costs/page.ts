import { ALWAYS_ON, GRAPHS, PRICES } from './prices.ts';
import { billedStack, type TemplateJson } from './stack.ts';
import { monthlyUsage, type Usage } from './usage.ts';
import { SIZES, SOURCES } from './work.ts';

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;
const count = (amount: number): string => amount.toLocaleString('en-US', { maximumFractionDigits: 0 });
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The bill by service: at list price, and after what every account is given for ever. */
export function bill(usage: Usage): {
  readonly services: Map<string, number>;
  readonly list: number;
  readonly given: number;
} {
  const services = new Map<string, number>();
  let given = 0;
  for (const { service, unit, amount } of usage) {
    const { price, free } = PRICES.units[unit];
    services.set(service, (services.get(service) ?? 0) + amount * price);
    given += Math.max(0, amount - free) * price;
  }
  return { services, list: [...services.values()].reduce((a, b) => a + b, 0), given };
}

/** docs/costs.md, from a template of the least configuration there is. */
export function renderCosts(template: TemplateJson, stackName: string): string {
  const stack = billedStack(template, stackName);
  const usages = SIZES.map((size) => monthlyUsage(stack, size));
  const bills = usages.map(bill);
  const services = [...(bills[0]?.services.keys() ?? [])];
  const computing = usages.map((usage) => usage.find(({ unit }) => unit === 'lambdaGigabyteSecond')?.amount ?? 0);
  return `# What it costs

A month of 30 days, one cluster read every five minutes, in US dollars. Computed by \`npm run costs\` from the synthesised
stack (memory, schedules, queues, alarms), what a run takes, and list prices of ${PRICES.region}, ${PRICES.date}. A test holds
this page current.

${row(['', ...SIZES.map(({ pods }) => `${count(pods)} pods`)])}
${row(['---', ...SIZES.map(() => '---:')])}
${services.map((service) => row([service, ...bills.map((it) => dollars(it.services.get(service) ?? 0))])).join('\n')}
${row(['**list price**', ...bills.map(({ list }) => `**${dollars(list)}**`)])}
${row(['after what every account is given each month', ...bills.map(({ given }) => dollars(given))])}
${row(['GB-seconds of Lambda', ...computing.map(count)])}

- Most of it is there whether anything happens or not: ${stack.alarmMetrics} metrics that alarms look at, ${stack.keys} key, ${stack.dashboards} dashboard, and
  ${stack.polled.standard + stack.polled.fifo} queues that Lambda polls. A second cluster adds its runs and ${stack.alarmMetricsOfClusters} of these metrics.
- Every run is counted as one that finds the function cold. S3 is what lies there when \`retention.days\` (400) have passed.
- Not counted: data that leaves AWS towards Neo4j, queries of Amazon Managed Prometheus, tax.

## The graph

The same for every way of filling it.

${row(['where', 'a month'])}
${row(['---', '---:'])}
${GRAPHS.map((it) => row([it.what, dollars(it.dollars)])).join('\n')}

## What is always on instead

${row(['what', 'a month', 'but'])}
${row(['---', '---:', '---'])}
${ALWAYS_ON.map((it) => row([it.what, dollars(it.dollars), it.but])).join('\n')}

## Where the numbers are from

${SOURCES.map((source) => `- ${source}`).join('\n')}
- Prices: ${PRICES.sources.map((source) => `<${source}>`).join(', ')}.
`;
}
