import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Box, layoutTopology } from '../../../../shared/domain/topology/picture/layout.ts';
import { type Topology, topologyOf } from '../../../../shared/domain/topology/topology.ts';
import { CALLS, call, NODES, recordedTopology } from '../recorded-topology.ts';

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** Everything that lies upon something it should not, or out of what it belongs in. */
function faults(topology: Topology): string[] {
  const { nodes, links, groups, width, height } = layoutTopology(topology);
  const boxes = [
    ...nodes.map((one) => ({ what: one.node.key, ...one })),
    ...links.map(({ link, label }) => ({ what: `label ${link.from} ${link.to}`, ...label })),
  ];
  const found = boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter((other) => overlap(one, other))
      .map((other) => `${one.what} on ${other.what}`),
  );
  for (const group of groups) {
    for (const { node, ...box } of nodes) {
      if (node.namespace === group.title ? !inside(box, group) : overlap(box, group))
        found.push(`${node.key} and group ${group.title}`);
    }
    found.push(
      ...groups
        .filter((other) => other !== group && overlap(other, group))
        .map((other) => `${group.title} on ${other.title}`),
    );
  }
  const paper = { x: 0, y: 0, width, height };
  return [...found, ...boxes.filter((box) => !inside(box, paper)).map(({ what }) => `${what} off the paper`)];
}

test('nothing lies upon anything else in the picture of the recorded mesh', () => {
  expect(faults(recordedTopology())).toEqual([]);
});

test('nothing lies upon anything else in pictures of random calls, cycles and calls to oneself among them', () => {
  const name = fc.constantFrom(...NODES.map(({ key }) => key.replace('demo/', '')));
  const calls = fc.array(fc.tuple(name, name, fc.integer({ min: 1, max: 1_000_000 }), fc.nat(3)), { maxLength: 40 });
  fc.assert(
    fc.property(calls, (random) => {
      const made = random.map(([from, to, count, denied]) =>
        call(from, to, 8080, count, { denied: Math.min(denied, count) }),
      );
      expect(faults(topologyOf({ cluster: 'demo', since: 0, at: 1 }, NODES, made))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('callers stand left of whom they call, where calls go round in no circle', () => {
  const { nodes } = layoutTopology(recordedTopology());
  const x = new Map(nodes.map((one) => [one.node.key, one.x + one.width / 2]));
  for (const { from, to } of CALLS) expect(x.get(from.key)).toBeLessThan(x.get(to.key)!);
});

test('a workload that calls itself has a line that leaves it and comes back', () => {
  const itself = topologyOf({ cluster: 'demo', since: 0, at: 1 }, NODES, [call('books/books', 'books/books', 7002, 5)]);
  const { nodes, links } = layoutTopology(itself);
  const [x = 0, y = 0, ...rest] = links[0]!.path.match(/[\d.]+/g)!.map(Number);
  const right = nodes[0]!.x + nodes[0]!.width;
  expect([x, rest.at(-2)]).toEqual([right, right].map((at) => expect.closeTo(at, 0)));
  expect(rest.at(-1)).not.toBe(y);
});

test('more pairs than a picture can show are refused with what to do instead', () => {
  const ports = Array.from({ length: 251 }, (_, index) => index);
  const crowd = topologyOf(
    { cluster: 'demo', since: 0, at: 1 },
    ports.map((index) => ({ ...NODES[0]!, key: `demo/w${index}`, name: `w${index}` })),
    ports.map((index) => call('w0', `w${index}`, 80, 1)),
  );
  expect(() => layoutTopology(crowd)).toThrow(
    'a picture of 251 pairs of caller and callee cannot be read (at most 250)',
  );
});
