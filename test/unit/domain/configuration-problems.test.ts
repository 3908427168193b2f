import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { InvalidConfigurationError, parseConfiguration } from '../../../shared/domain/configuration/parse.ts';

/** What meshgraph says about a file, one line a problem. */
function said(text: string): string[] {
  try {
    parseConfiguration(text, 'mesh.yaml', CHECKS);
  } catch (error) {
    if (error instanceof InvalidConfigurationError) return error.message.split('\n');
    throw error;
  }
  throw new Error('the file was accepted');
}

describe('a wrong configuration is told', () => {
  test('with the line of an unknown key and the key that was probably meant', () => {
    expect(said('clusters:\n  - name: prod\n    promtheus: {url: "http://p"}\n')).toEqual([
      'mesh.yaml:3: unknown key "promtheus": did you mean "prometheus"?',
    ]);
  });

  test('with the keys that are known where none is near', () => {
    expect(said('scan:\n  frequency: 5m\n')).toEqual([
      'mesh.yaml:2: "frequency" does not fit here: known are {period, clusterPeriod, settling, lookback, retainIdle, firstScan, catchUp}',
    ]);
  });

  test('with the forms there are where keys of two forms are mixed', () => {
    expect(said('clusters:\n  - name: a\n    kubernetes:\n      context: a\n      server: https://a\n')).toEqual([
      'mesh.yaml:5: "server" does not fit here: known are {kubeconfig, context} or {server, token, caFile, ca} or {eks, region, roleArn, externalId}',
    ]);
  });

  test('with what was expected and what came', () => {
    expect(said('clusters:\n  - name: a\n    prometheus:\n      through: kubernetes\n      port: web\n')).toEqual([
      'mesh.yaml:5: clusters[0].prometheus.port: expected a number, got "web"',
    ]);
  });

  test('at the mapping that lacks a key', () => {
    expect(said('clusters:\n  - name: a\n  - kubernetes: {}\n')).toEqual([
      'mesh.yaml:3: clusters[1].name: expected a text, but it is missing',
    ]);
  });

  test('where an alias has no anchor', () => {
    expect(said('clusters: *prod\n')).toEqual([
      'mesh.yaml:1: not YAML: Unresolved alias (the anchor must be set before the alias): prod',
    ]);
  });

  test('with all problems at once, in the order of the file', () => {
    expect(said('scan:\n  settling: 1x\n  period: 7m\nclusters: {}\n')).toEqual([
      'mesh.yaml:2: scan.settling: expected a duration like 90s, 5m, 2h or 14d, got "1x"',
      'mesh.yaml:3: scan.period: expected a duration that divides an hour, like 1m, 5m or 15m, got "7m"',
      'mesh.yaml:4: clusters: expected a list, got {}',
    ]);
  });

  test('without repeating a secret', () => {
    const text = 'clusters:\n  - name: a\n    prometheus: {url: "http://p", auth: {type: bearer, token: hunter2}}\n';
    expect(said(text)).toEqual([
      'mesh.yaml:3: clusters[0].prometheus.auth.token: a secret is never written in this file: expected {env: NAME}, {file: PATH} or {secret: NAME-OR-ARN}',
    ]);
  });

  test('where two clusters share a name, which would mix their graphs', () => {
    expect(said('clusters:\n  - name: a\n  - name: b\n  - name: a\n')).toEqual([
      'mesh.yaml:4: clusters[2].name: expected a name no other cluster has, got "a"',
    ]);
  });

  test('where a parameter belongs to another check', () => {
    expect(said('checks:\n  first-time-caller:\n    parameters:\n      learnin: 2d\n')).toEqual([
      'mesh.yaml:4: unknown key "learnin": did you mean "learning"?',
    ]);
  });

  test.each([
    ['scan:\n  period: 5m\n  period: 6m\n', /^mesh\.yaml:3: not YAML: Map keys must be unique/],
    ['scan: {period: 5m\nchecks: {}\n', /^mesh\.yaml:\d: not YAML: /],
    ['- a\n', /^mesh\.yaml:1: the file: expected a mapping, got \["a"\]$/],
  ])('where it is no YAML mapping: %j', (text, message) => {
    expect(said(text)[0]).toMatch(message);
  });
});
