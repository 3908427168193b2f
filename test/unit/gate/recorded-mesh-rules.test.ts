import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBundleBaseline } from '../../../cli/gate/read-bundle-baseline.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { judgedChange } from '../../../shared/gate/judged-change.ts';
import { GATE_RULES } from '../../../shared/gate/rules/registry.ts';

/** A real Linkerd with viz and multicluster, and what its makers put there on purpose. */
const model = entityModelSchema.parse({});
const baseline = await readBundleBaseline({
  path: join(import.meta.dirname, '../../../demo/recorded-mesh.bundle.gz'),
  shown: 'recorded-mesh.bundle.gz',
  period: (at) => ({ since: at - 3_600_000, at }),
  periodMs: 60_000,
  entityModel: model,
});
const judged = judgedChange(baseline, { manifests: [], base: [], full: undefined, namespace: 'default' }, model);

test('of a real mesh only what was put there on purpose, and what Linkerd itself opens, is told', () => {
  const rules = GATE_RULES.filter(({ group }) => group === 'policy' || group === 'rbac');
  const found = rules.flatMap((rule) => {
    const { caused, existing } = rule.judge(judged);
    expect(caused).toEqual([]);
    return existing.map(({ severity = rule.severity, row }) =>
      [rule.id, severity, row.object ?? row.binding].join(' '),
    );
  });
  expect(found.sort()).toEqual([
    // The makers' own: cluster-admin, a maker of tokens, an editor of policy.
    'dangerous-binding critical ClusterRoleBinding/batch-reports-cluster-admin',
    // Linkerd's own controllers, as its chart binds them.
    'dangerous-binding high ClusterRoleBinding/linkerd-destination-policy',
    'dangerous-binding medium RoleBinding/linkerd-destination-remote-discovery',
    'dangerous-binding medium RoleBinding/scanner-mints-web',
    'dangerous-binding medium RoleBinding/traffic-edits-policy',
    // It selects Servers by tier=edge, which nothing in the recording carries.
    'dangling-reference high ServerAuthorization emojivoto/web-everyone',
    'empty-requirement high AuthorizationPolicy books/authors-probe-allow',
    // The API server has no identity and no known address: viz lets it in from everywhere.
    'empty-requirement high AuthorizationPolicy linkerd-viz/tap',
    'empty-requirement high AuthorizationPolicy linkerd-viz/tap-injector',
    'empty-requirement low NetworkAuthentication books/anywhere',
    'empty-requirement low NetworkAuthentication linkerd-viz/kube-api-server',
    'empty-requirement low NetworkAuthentication linkerd-viz/kubelet',
    'empty-requirement medium ServerAuthorization emojivoto/web-everyone',
  ]);
});
