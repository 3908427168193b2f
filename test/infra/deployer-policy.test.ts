import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { synthesise } from './synthesise.ts';

const docs = join(import.meta.dirname, '../../docs');
const text = readFileSync(join(docs, 'deployer-policy.json'), 'utf8');
const { Statement } = JSON.parse(text) as {
  Statement: { Sid: string; Action: string | string[]; Resource: string | string[] }[];
};

/** The prefix of IAM actions by the second part of a resource type, where it is another word. */
const PREFIXES: Readonly<Record<string, string>> = { ApiGatewayV2: 'apigateway', CloudWatch: 'cloudwatch' };

test('the deployer may make every type of resource that a template has', () => {
  const types = (['everything', 'private'] as const).flatMap((configuration) =>
    Object.values(synthesise(configuration).resources).map(({ Type }) => Type),
  );
  const services = new Set(types.map((type) => type.split('::')[1] ?? type));
  const allowed = new Set(Statement.flatMap(({ Action }) => [Action].flat()).map((action) => action.split(':')[0]));
  const missing = [...services].filter((service) => !allowed.has(PREFIXES[service] ?? service.toLowerCase()));
  expect(missing).toEqual([]);
});

test('its resources are those of a stack called meshgraph, and a lone asterisk has a name that says why', () => {
  for (const statement of Statement) {
    for (const resource of [statement.Resource].flat()) {
      if (resource === '*') expect(statement.Sid).toMatch(/^(.*Named.*|.*NoName.*|.*KnowsNo.*|OnlyWithAwsVpc)$/);
      else expect(resource).toMatch(/meshgraph|cdk-|:key\/\*|apigateway/);
    }
  }
});

test('it fits a managed policy of IAM, which has 6,144 characters', () => {
  expect(JSON.stringify(JSON.parse(text)).length).toBeLessThan(6_144);
});

test('everything that has a name begins with that of the stack, as the policy expects', () => {
  const named = ['FunctionName', 'QueueName', 'TopicName', 'AlarmName', 'DashboardName', 'Name'];
  for (const { Type, Properties } of Object.values(synthesise('everything').resources)) {
    if (/EventInvokeConfig|EventSourceMapping|Permission/.test(Type)) continue;
    for (const key of named) {
      const name = Properties[key];
      if (typeof name === 'string') expect(name, Type).toMatch(/^meshgraph-/);
    }
  }
});
