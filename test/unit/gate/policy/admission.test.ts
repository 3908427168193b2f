import { describe, expect, test } from 'vitest';
import { admissionOdd } from '../../../../shared/gate/rules/policy/admission-odd.ts';
import { admissionRefuses } from '../../../../shared/gate/rules/policy/admission-refuses.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/linkerd/policy/mesh-settings.ts';
import { judgeRule } from '../judge-rule.ts';
import { authorizationPolicy, ref, server } from '../small-objects.ts';

// Recorded: "cannot target another namespace: c1" (test/fixtures/policy-oracle, rejected, ap-target-other-ns).
const elsewhere = authorizationPolicy('web', '{kind: Namespace, name: books}', '[]');
// Recorded as taken: the field is dropped (oracle 14).
const dropped = authorizationPolicy('web', ref('Server', 'web', ', namespace: books'), '[]');
const right = authorizationPolicy('web', ref('Server', 'web'), '[]');

describe('admission-refuses', () => {
  test('tells what the webhook refuses, at the field', () => {
    expect(judgeRule(admissionRefuses, { apply: elsewhere }).caused).toEqual([
      {
        severity: 'high',
        at: 'AuthorizationPolicy.policy.linkerd.io/shop/web spec.targetRef',
        message:
          'AuthorizationPolicy shop/web will be refused: spec.targetRef: a policy targets its own namespace (shop) only, got books',
      },
    ]);
  });

  test('has nothing to say of what is taken', () => {
    expect(judgeRule(admissionRefuses, { apply: dropped + right })).toEqual({ caused: [], existing: [] });
  });

  test('looks at the change only', () => {
    expect(judgeRule(admissionRefuses, { before: elsewhere, apply: right.replace('web', 'api') }).caused).toEqual([]);
  });

  test('counts what is refused against the change though the stored object had the same', () => {
    const wider = elsewhere.replace('[]', `[${ref('NetworkAuthentication', 'all')}]`);
    expect(judgeRule(admissionRefuses, { before: elsewhere, apply: wider }).caused).toHaveLength(1);
  });
});

describe('admission-odd', () => {
  test('tells what is taken and does nothing, low', () => {
    expect(judgeRule(admissionOdd, { apply: dropped }).caused).toMatchObject([
      { severity: 'low', at: 'AuthorizationPolicy.policy.linkerd.io/shop/web spec.targetRef.namespace' },
    ]);
    expect(judgeRule(admissionOdd, { apply: right }).caused).toEqual([]);
  });

  test('tells apart what the stored object had already', () => {
    const changed = dropped.replace('[]', `[${ref('NetworkAuthentication', 'all')}]`);
    const { caused, existing } = judgeRule(admissionOdd, { before: dropped, apply: changed });
    expect([caused.length, existing.length]).toEqual([0, 1]);
  });

  test('takes the networks of this cluster, not the defaults, for its own', () => {
    const egress = `apiVersion: policy.linkerd.io/v1alpha1\nkind: EgressNetwork\nmetadata: {name: out}\nspec: {trafficPolicy: Deny, networks: [{cidr: 10.1.0.0/16}]}`;
    const settings = { ...DEFAULT_SETTINGS, clusterNetworks: ['172.16.0.0/12'] };
    expect(judgeRule(admissionOdd, { apply: egress }).caused).toHaveLength(1);
    const { caused } = judgeRule(admissionOdd, { apply: egress, baseline: { settings } });
    expect(caused).toEqual([]);
  });

  test('leaves two Servers on one port to servers-overlap', () => {
    expect(judgeRule(admissionOdd, { before: server('web'), apply: server('web-2') }).caused).toEqual([]);
  });
});
