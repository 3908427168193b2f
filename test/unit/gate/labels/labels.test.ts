import { describe, expect, test } from 'vitest';
import { requiredLabelMissing } from '../../../../shared/gate/rules/labels/required-label-missing.ts';
import { unknownDataClass } from '../../../../shared/gate/rules/labels/unknown-data-class.ts';
import { judgeRule } from '../judge-rule.ts';
import { deployment, namespace } from '../small-objects.ts';

const labelled = (name: string, labels: string) =>
  deployment(name).replace('namespace: shop}', `namespace: shop, labels: ${labels}}`);
const workload = { namespace: 'shop', kind: 'Deployment', name: 'web', labels: ['team=shop'], annotations: [] };

describe('required-label-missing', () => {
  const model = { required: { namespaces: ['environment' as const], workloads: ['owner' as const] } };
  const judge = (apply: string, before = '', more = {}) =>
    judgeRule(requiredLabelMissing, { before, apply, model, ...more });

  test('tells a workload that lacks one, and the labels that would do', () => {
    expect(judge(deployment('web')).caused).toEqual([
      {
        severity: 'medium',
        at: 'Deployment.apps/shop/web metadata.labels',
        message:
          'Deployment shop/web does not tell who owns it, which this configuration requires: give it, or its namespace, the label team, owner, app.kubernetes.io/owner or app.kubernetes.io/part-of',
      },
    ]);
  });

  test('tells a namespace that lacks one', () => {
    expect(judge(namespace('shop', '{team: shop}')).caused.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Namespace shop does not tell its environment, .* the label environment, env or /),
    ]);
  });

  test('is content with a label, an annotation, one of the namespace, or an entry of the entity model', () => {
    const annotated = deployment('web').replace('namespace: shop}', 'namespace: shop, annotations: {team: shop}}');
    expect(judge(labelled('web', '{team: shop}')).caused).toEqual([]);
    expect(judge(annotated).caused).toEqual([]);
    expect(judge(deployment('web'), namespace('shop', '{team: shop}')).caused).toEqual([]);
    const named = { ...model, entities: { 'shop/web': { owner: 'shop' } } };
    expect(judge(deployment('web'), '', { model: named }).caused).toEqual([]);
  });

  test('takes a workload that says it holds no data for one that tells', () => {
    const none = { required: { workloads: ['dataClass' as const] }, entities: { 'shop/web': { dataClasses: [] } } };
    expect(judge(deployment('web') + deployment('api'), '', { model: none }).caused.map(({ at }) => at)).toEqual([
      'Deployment.apps/shop/api metadata.labels',
    ]);
  });

  test('tells a label that is dropped, and apart what lacked it before', () => {
    expect(judge(deployment('web'), labelled('web', '{team: shop}')).caused).toHaveLength(1);
    const { caused, existing } = judge(labelled('web', '{tier: a}'), deployment('web'));
    expect([caused.length, existing.length]).toEqual([0, 1]);
  });

  test('tells workloads that inherited a label their namespace drops', () => {
    const before = namespace('shop', '{team: shop, env: prod}') + deployment('web') + deployment('books/api');
    expect(judge(namespace('shop', '{env: prod}'), before).caused.map(({ at }) => at)).toEqual([
      'Deployment.apps/shop/web metadata.labels',
    ]);
  });

  test('looks at the change only, and at nothing unless something is required', () => {
    expect(judge(namespace('books', '{env: prod}'), deployment('web'))).toEqual({ caused: [], existing: [] });
    expect(judge(deployment('web') + namespace('shop'), '', { model: {} }).caused).toEqual([]);
  });

  // A graph has no manifests of workloads, but their labels.
  test('knows the labels of before from the baseline where it has no manifest', () => {
    const bare = { ...workload, labels: [] };
    expect(judge(deployment('web'), '', { baseline: { workloads: [workload] } }).caused).toHaveLength(1);
    expect(judge(deployment('web'), '', { baseline: { workloads: [bare] } }).caused).toHaveLength(0);
  });
});

describe('unknown-data-class', () => {
  const model = { knownDataClasses: ['personal', 'payment'] };
  const judge = (apply: string, more = {}) => judgeRule(unknownDataClass, { apply, model, ...more }).caused;

  test('tells a class that is not known, at its label, with the one that was likely meant', () => {
    expect(judge(labelled('web', '{data-class: persnal}'))).toEqual([
      {
        severity: 'medium',
        at: 'Deployment.apps/shop/web metadata.labels["data-class"]',
        message:
          'Deployment shop/web holds data of class persnal, which entityModel.knownDataClasses does not list; did you mean personal?',
      },
    ]);
  });

  test('tells those there are where none is near, of several classes only the unknown, and of namespaces too', () => {
    const [found, ...others] = judge(namespace('shop', "{data-classification: 'payment,weather-reports'}"));
    expect(found?.message).toMatch(
      /^Namespace shop holds data of class weather-reports.*; known are personal, payment$/,
    );
    expect(others).toEqual([]);
  });

  test('tells it once, not again of each workload that inherits it', () => {
    expect(judge(namespace('shop', '{data-class: persnal}') + deployment('web'))).toHaveLength(1);
  });

  test('has nothing to say of known classes, and knows every class unless told', () => {
    expect(judge(labelled('web', '{data-class: payment}'))).toEqual([]);
    expect(judge(labelled('web', '{data-class: persnal}'), { model: {} })).toEqual([]);
  });
});
