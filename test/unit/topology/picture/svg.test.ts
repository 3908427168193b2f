import { expect, test } from 'vitest';
import { renderHtml } from '../../../../shared/domain/topology/picture/html.ts';
import { renderSvg } from '../../../../shared/domain/topology/picture/svg.ts';
import { topologyOf } from '../../../../shared/domain/topology/topology.ts';
import { HOSTILE_NAMES, hostileTopology } from '../hostile-topology.ts';
import { readXml } from '../read-xml.ts';
import { NODES, recordedTopology } from '../recorded-topology.ts';

const DRAWN = ['circle', 'defs', 'g', 'marker', 'path', 'rect', 'style', 'svg', 'text', 'title', 'tspan'];
const classed = (svg: string, pattern: RegExp) =>
  readXml(svg).filter(({ attributes }) => pattern.test(attributes.class ?? ''));

test('the picture draws every pair once, in its state', () => {
  const links = classed(renderSvg(recordedTopology()), /^link /).map(({ attributes }) => attributes.class);
  const count = (state: string) => links.filter((one) => one === `link ${state}`).length - 1;
  // One of each is in the legend.
  expect([count('mtls'), count('plaintext'), count('partly-denied'), count('denied')]).toEqual([11, 4, 1, 6]);
});

test('the picture names the cluster, the period and every namespace with a call', () => {
  const texts = readXml(renderSvg(recordedTopology()))
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text);
  expect(texts).toContain('Linkerd calls in demo, 2026-11-23T17:49:00Z to 2026-11-23T18:00:00Z');
  expect(texts).toEqual(expect.arrayContaining(['batch', 'books', 'emojivoto', 'legacy', 'rogue']));
});

test('the picture loads nothing', () => {
  const addresses = renderHtml(recordedTopology()).match(/\b(?:https?:)?\/\/[^\s"<]+|\burl\([^)]*\)/g);
  expect(new Set(addresses?.filter((one) => !one.startsWith('url(#')))).toEqual(
    new Set(['http://www.w3.org/2000/svg']),
  );
});

test('hostile names are text in the picture and nothing else', () => {
  const elements = readXml(renderSvg(hostileTopology));
  expect(elements.map(({ name }) => name).filter((name) => !DRAWN.includes(name))).toEqual([]);
  expect(elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => /^on|href/.test(name))).toEqual(
    [],
  );
  expect(elements.map(({ text }) => text)).toContain(HOSTILE_NAMES[0]);
});

test('hostile names are text on the page and nothing else', () => {
  const page = renderHtml(hostileTopology);
  expect(page).not.toMatch(/<script|<img|<!--/);
  expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
});

test('the page lists workloads that are not drawn since they had no call', () => {
  expect(renderHtml(recordedTopology())).toContain('<p>legacy/cron</p>');
});

test('a period without any call is a picture too', () => {
  const empty = renderSvg(topologyOf({ cluster: 'demo', since: 0, at: 60_000 }, NODES, []));
  expect(readXml(empty).some(({ text }) => text.includes('no calls were seen'))).toBe(true);
});
