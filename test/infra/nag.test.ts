import { Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  type NagPack,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import { describe, expect, test } from 'vitest';
import { synthesise } from './synthesise.ts';

const PACKS = [AwsSolutionsChecks, ServerlessChecks, NIST80053R5Checks, PCIDSS321Checks, HIPAASecurityChecks];

/** `<rule> at <construct>` for all a pack has against a tree. */
const violations = (pack: NagPack, scope: Parameters<NagPack['validateScope']>[0]): string[] =>
  pack
    .validateScope(scope)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    );

describe.each(['everything', 'least', 'private'] as const)('the stack of %s.yaml', (configuration) => {
  test.each(PACKS.map((pack) => [pack.name, pack] as const))('has nothing that %s holds against it', (_, Pack) => {
    const { app } = synthesise(configuration);
    expect(violations(new Pack(app), app)).toEqual([]);
  });
});

test('what is acknowledged has a reason in a sentence', () => {
  const { stack } = synthesise('everything');
  const reasons = stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Record<string, string>));
  expect(reasons.length).toBeGreaterThan(10);
  expect(reasons.filter(([, reason]) => reason.split(' ').length < 5)).toEqual([]);
});
