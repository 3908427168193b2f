import { describe, expect, it, test } from 'vitest';
import { parseRule, powers, type Rule, ruleText } from '../../../shared/kubernetes/role-rules.ts';
import { recordedItems } from '../../recorded-objects.ts';

const RECORDED = ['roles', 'clusterroles'].flatMap((plural) =>
  recordedItems('final', `rbac.authorization.k8s.io_v1_${plural}`).map(({ metadata, rules }) => ({
    name: metadata.name,
    rules: (rules ?? []) as Rule[],
  })),
);

describe('the texts of rules, read back', () => {
  it('grant the same powers as the rules, for every role of the recorded cluster', () => {
    expect(RECORDED.length).toBeGreaterThan(80);
    for (const { name, rules } of RECORDED) {
      const read = rules.map((rule) => parseRule(ruleText(rule)));
      expect([name, powers(read)]).toEqual([name, powers(rules)]);
      expect([name, read.map(ruleText)]).toEqual([name, rules.map(ruleText)]);
    }
  });

  test.each<[string, Rule]>([
    ['get,list secrets', { verbs: ['get', 'list'], apiGroups: [''], resources: ['secrets'] }],
    ['get secrets (only a,b)', { verbs: ['get'], apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'] }],
    ['* *.*', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
    ['create pods/exec', { verbs: ['create'], apiGroups: [''], resources: ['pods/exec'] }],
    [
      'bind clusterroles.rbac.authorization.k8s.io',
      { verbs: ['bind'], apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterroles'] },
    ],
    [
      'patch deployments.apps,deployments.extensions',
      { verbs: ['patch'], apiGroups: ['apps', 'extensions'], resources: ['deployments'] },
    ],
    ['get /healthz,/version/*', { verbs: ['get'], nonResourceURLs: ['/healthz', '/version/*'] }],
  ])('%s', (text, rule) => {
    expect(parseRule(text)).toEqual(rule);
  });

  it('tell every URL from every resource of the core group', () => {
    const [urls, core] = [
      { verbs: ['*'], nonResourceURLs: ['*'] },
      { verbs: ['*'], apiGroups: [''], resources: ['*'] },
    ];
    expect([ruleText(urls), ruleText(core)]).toEqual(['* /*', '* *']);
    expect(powers([parseRule('* /*')]).readsSecrets).toBe(false);
    expect(powers([parseRule('* *')]).readsSecrets).toBe(true);
  });
});
