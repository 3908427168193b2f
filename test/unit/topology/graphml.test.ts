import { expect, test } from 'vitest';
import { renderGraphml } from '../../../shared/domain/topology/graphml.ts';
import { HOSTILE_NAMES, hostileTopology } from './hostile-topology.ts';
import { readXml } from './read-xml.ts';
import { recordedTopology } from './recorded-topology.ts';

test('GraphML holds every node and edge, with data only under declared keys', () => {
  const topology = recordedTopology();
  const elements = readXml(renderGraphml(topology));
  const named = (name: string) => elements.filter((element) => element.name === name);
  expect(named('node').map(({ attributes }) => attributes.id)).toEqual(topology.nodes.map(({ key }) => key));
  expect(named('edge').map(({ attributes }) => [attributes.source, attributes.target])).toEqual(
    topology.edges.map(({ from, to }) => [from, to]),
  );
  const keys = new Set(named('key').map(({ attributes }) => attributes.id));
  expect(named('data').filter(({ attributes }) => !keys.has(attributes.key))).toEqual([]);
  const counts = named('data').filter(({ attributes }) => attributes.key === 'edge.denied');
  expect(counts.map(({ text }) => Number(text))).toEqual(topology.edges.map(({ denied }) => denied));
});

test('hostile names are read back as they are, but for what XML cannot hold', () => {
  const names = readXml(renderGraphml(hostileTopology)).filter(({ attributes }) => attributes.key === 'node.name');
  expect(names.map(({ text }) => text)).toEqual(
    HOSTILE_NAMES.map((name) => name.replace('\r\n', '\n').replaceAll(/\p{Cc}(?<!\n)|\p{Cs}/gu, '\ufffd')),
  );
});
