import { expect, test } from 'vitest';
import { gateArguments, readInputs } from '../../../action/gate-arguments.ts';

const given = (inputs: Record<string, string>) =>
  gateArguments(
    readInputs(
      Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ),
    ['gate.json'],
  );

test('paths are one a line, and what begins with a dash is a path', () => {
  expect(given({ paths: ' out/shop\n\n-odd.yaml \n', baseline: 'mesh.json' })).toEqual([
    'gate',
    '--against=mesh.json',
    '--out',
    'gate.json',
    '--',
    'out/shop',
    '-odd.yaml',
  ]);
});

test('every input becomes its option; what a runner passes empty is not given', () => {
  const inputs = {
    paths: 'out',
    api: 'https://mesh.example.com',
    baseline: '',
    cluster: 'prod',
    namespace: 'shop',
    'fail-on': 'medium',
    since: '7d',
    config: 'ci/meshgraph.yaml',
    all: 'true',
    'allow-stale': 'false',
    base: 'before\nbefore-too',
    full: 'cluster',
  };
  expect(given(inputs)).toEqual([
    '--api=https://mesh.example.com',
    'gate',
    '--cluster=prod',
    '--namespace=shop',
    '--fail-on=medium',
    '--since=7d',
    '--config=ci/meshgraph.yaml',
    '--all',
    '--base',
    'before',
    '--base',
    'before-too',
    '--full=cluster',
    '--out',
    'gate.json',
    '--',
    'out',
  ]);
});

test('full: true is of the namespaces named, full: false is not given', () => {
  const full = (value: string) => given({ paths: 'out', baseline: 'b', full: value }).filter((one) => /full/.test(one));
  expect([full('true'), full('false')]).toEqual([['--full=namespaces'], []]);
});

test.each([
  [{ baseline: 'b' }, 'input paths is empty: name rendered manifests, one path a line'],
  [{ paths: 'out' }, 'give one of the inputs baseline (a file) and api (a URL), got neither'],
  [{ paths: 'out', baseline: 'b', api: 'u' }, 'give one of the inputs baseline (a file) and api (a URL), got both'],
  [{ paths: 'out', baseline: 'b', all: 'yes' }, 'input all is true or false, got "yes"'],
])('%j is refused', (inputs, message) => {
  expect(() => given(inputs)).toThrow(message);
});
