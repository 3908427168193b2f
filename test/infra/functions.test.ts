import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FUNCTION_NAMES, FUNCTIONS, type FunctionName } from '../../infra/function-table.ts';
import { readable } from './references.ts';
import { resourcesOf, synthesise } from './synthesise.ts';

const root = join(import.meta.dirname, '../..');
const everything = synthesise('everything');
const functions = new Map(
  resourcesOf(everything, 'AWS::Lambda::Function').map(([id, { Properties }]) => [
    String(Properties.FunctionName).replace(/^meshgraph-/, '') as FunctionName,
    { id, properties: Properties },
  ]),
);
const of = (name: FunctionName) => functions.get(name)!;
const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
const alarms = resourcesOf(everything, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

test('every folder of functions with a handler is a function of the stack, under the same name', () => {
  const folders = globSync('functions/*/config.ts', { cwd: root }).map((path) => basename(dirname(path)));
  expect([...functions.keys()].sort()).toEqual(folders.sort());
});

describe.each(FUNCTION_NAMES)('%s', (name) => {
  test('runs Node 24 on arm64, with source maps', () => {
    expect(of(name).properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
    expect(of(name).properties.Environment).toMatchObject({ Variables: { NODE_OPTIONS: '--enable-source-maps' } });
  });

  test('is given exactly the environment that its config.ts declares', async () => {
    const { environment } = await import(`../../functions/${name}/config.ts`);
    const { NODE_OPTIONS: _, ...given } = (of(name).properties.Environment as { Variables: object })
      .Variables as Record<string, string>;
    expect(Object.keys(given).sort()).toEqual(Object.keys(environment.shape).sort());
  });

  test('writes into an encrypted log of its own that is kept for a while, not for ever', () => {
    const { LogGroup } = of(name).properties.LoggingConfig as { LogGroup: { Ref: string } };
    const { Properties } = everything.resources[LogGroup.Ref]!;
    expect(Properties).toMatchObject({ LogGroupName: `/aws/lambda/meshgraph-${name}`, RetentionInDays: 30 });
    expect(Properties.KmsKeyId).toBeDefined();
  });

  test('has alarms on errors, throttles and time, and a part of the runbook', () => {
    const ofIt = alarms.filter(({ Dimensions }) => JSON.stringify(Dimensions)?.includes(`"${of(name).id}"`));
    expect(ofIt.map(({ MetricName }) => MetricName).sort()).toEqual(['Duration', 'Errors', 'Throttles']);
    expect(runbook).toMatch(new RegExp(`^## ${name}\n\n[^#\\s]`, 'm'));
  });

  test('loses nothing it could not do', () => {
    expect(deadLetterPaths(name)).not.toEqual([]);
  });

  test('may run as often at once as its queue feeds it, or more', () => {
    const reserved = of(name).properties.ReservedConcurrentExecutions as number | undefined;
    const [fed] = mappingsOf(name);
    const { MaximumConcurrency = 0 } = (fed?.ScalingConfig ?? {}) as { MaximumConcurrency?: number };
    if (reserved !== undefined) expect(reserved).toBeGreaterThanOrEqual(MaximumConcurrency);
  });
});

const mappingsOf = (name: FunctionName) =>
  resourcesOf(everything, 'AWS::Lambda::EventSourceMapping')
    .map(([, { Properties }]) => Properties)
    .filter(({ FunctionName }) => JSON.stringify(FunctionName).includes(`"${of(name).id}"`));

/** Where what a function could not do ends: in its queue's dead letters, with the failed runs, or with the caller who waits. */
function deadLetterPaths(name: FunctionName): string[] {
  const refers = (value: unknown) => JSON.stringify(value).includes(`"${of(name).id}"`);
  const queues = mappingsOf(name).map(({ EventSourceArn }) => {
    const { 'Fn::GetAtt': [queue = ''] = [] } = EventSourceArn as { 'Fn::GetAtt'?: string[] };
    const { RedrivePolicy } = everything.resources[queue]!.Properties as {
      RedrivePolicy?: { deadLetterTargetArn: object };
    };
    return readable(everything.paths, RedrivePolicy?.deadLetterTargetArn ?? 'nowhere');
  });
  const schedules = resourcesOf(everything, 'AWS::Lambda::EventInvokeConfig')
    .filter(([, { Properties }]) => refers(Properties.FunctionName))
    .map(([, { Properties }]) => {
      const { OnFailure } = Properties.DestinationConfig as { OnFailure: { Destination: object } };
      return readable(everything.paths, OnFailure.Destination);
    });
  const callers = resourcesOf(everything, 'AWS::Lambda::Permission')
    .filter(([, { Properties }]) => refers(Properties.FunctionName))
    .map(([, { Properties }]) => String(Properties.Principal));
  return [...queues, ...schedules, ...callers].filter((path) => path !== 'nowhere');
}

test('what a schedule starts may fail three times, and leaves its event with the failed runs', () => {
  for (const [id, { Properties }] of resourcesOf(everything, 'AWS::Scheduler::Schedule')) {
    const { Arn, DeadLetterConfig } = Properties.Target as { Arn: object; DeadLetterConfig: { Arn: object } };
    const path = readable(everything.paths, Arn);
    expect(path, id).toMatch(/^<\w+\/(plan-scans|evaluate-checks|compact-graph)\/function>$/);
    expect(readable(everything.paths, DeadLetterConfig.Arn), id).toBe('<queues/failed-runs>');
  }
  expect(deadLetterPaths('plan-scans')).toEqual(['<queues/failed-runs>']);
});

test('memory is bought for a reason that is written down', () => {
  for (const [name, { memory, why }] of Object.entries(FUNCTIONS)) {
    expect(of(name as FunctionName).properties.MemorySize).toBe(memory);
    expect(why.length, name).toBeGreaterThan(10);
  }
});
