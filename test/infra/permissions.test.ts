import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { documentedGrants, type Grant, grantsOf, grantText } from './permissions.ts';
import { type Resource, resourcesOf, type Synthesised, synthesise } from './synthesise.ts';

const everything = synthesise('everything');
const documented = documentedGrants(readFileSync(join(import.meta.dirname, '../../docs/permissions.md'), 'utf8'));
const granted = new Set(grantsOf(everything).map(grantText));

/** What is documented and not granted, and what is granted and not documented. */
function differences(grants: readonly Grant[]): string[] {
  const left = grants.map(grantText);
  const right = documented.map(grantText);
  return [
    ...right.filter((text) => !left.includes(text)).map((text) => `missing: ${text}`),
    ...left.filter((text) => !right.includes(text)).map((text) => `unexplained: ${text}`),
  ];
}

describe('docs/permissions.md says all that the roles may do:', () => {
  test.each(documented.map((grant) => [grantText(grant), grant.why] as const))('%s: %s', (text) => {
    expect(granted).toContain(text);
  });

  test('and nothing else is granted', () => {
    expect(differences(grantsOf(everything))).toEqual([]);
  });

  test('no reason is left out', () => {
    expect(documented.filter(({ why }) => why.length < 5)).toEqual([]);
  });
});

/** The template without one action, or without one resource, of one statement; as many as there are of these. */
function* mutilated(whole: Synthesised): Generator<[string, Synthesised]> {
  for (const [id, policy] of resourcesOf(whole, 'AWS::IAM::Policy')) {
    for (const [index, statement] of statementsOf(policy).entries()) {
      for (const part of ['Action', 'Resource'] as const) {
        for (const [at, value] of [statement[part]].flat().entries()) {
          const copy = structuredClone(policy);
          statementsOf(copy)[index]![part] = [statement[part]].flat().toSpliced(at, 1);
          const without = `${id}, statement ${index}, without ${JSON.stringify(value)}`;
          yield [without, { ...whole, resources: { ...whole.resources, [id]: copy } }];
        }
      }
    }
  }
}

const statementsOf = ({ Properties }: Resource) =>
  (Properties.PolicyDocument as { Statement: { Action: unknown; Resource: unknown }[] }).Statement;

test('taking any single action or resource away is noticed', () => {
  const mutants = [...mutilated(everything)];
  expect(mutants.length).toBeGreaterThan(100);
  for (const [name, mutant] of mutants) expect(differences(grantsOf(mutant)), name).not.toEqual([]);
});

test('a wildcard among actions is nowhere, and one among resources only below a prefix of the bucket or at the end of a secret', () => {
  for (const { action, resource } of grantsOf(everything)) {
    expect(action).not.toMatch(/\*/);
    expect(resource).toMatch(/^(<[\w/-]+>(\/(observations|notes|untold|results)\/\*)?|arn:aws:[^*?]+(-\?{6})?)$/);
  }
});

test('in a VPC functions may manage their network interfaces, and nothing else is added', () => {
  const least = new Set(grantsOf(synthesise('least')).map(grantText));
  const added = grantsOf(synthesise('private')).filter((grant) => !least.has(grantText(grant)));
  expect(new Set(added.map(({ action }) => action.split(':')[0]))).toEqual(new Set(['ec2']));
});

test('only its own service may take on a role, the scheduler only for this account', () => {
  for (const [id, { Properties }] of resourcesOf(everything, 'AWS::IAM::Role')) {
    const { Statement } = Properties.AssumeRolePolicyDocument as { Statement: Record<string, unknown>[] };
    expect(Statement, id).toHaveLength(1);
    const [{ Principal, Condition } = {}] = Statement;
    const { Service } = Principal as { Service: string };
    if (Service === 'lambda.amazonaws.com') continue;
    expect(Service, id).toBe('scheduler.amazonaws.com');
    expect(Condition, id).toEqual({ StringEquals: { 'aws:SourceAccount': '111122223333' } });
  }
});
