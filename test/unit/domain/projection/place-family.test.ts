import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf } from '../../../../shared/domain/projection/covering-scans.ts';
import { packLives, unpackLives } from '../../../../shared/domain/projection/packed-lives.ts';
import { placeFamily, type StoredFacts } from '../../../../shared/domain/projection/place-family.ts';
import { naiveHistory, type Scan } from './naive-history.ts';

const description = fc.record(
  { a: fc.integer({ min: 0, max: 2 }), b: fc.constantFrom('x', 'y') },
  { requiredKeys: ['a'] },
);
const facts = {
  nodes: fc
    .dictionary(fc.constantFrom('n1', 'n2', 'n3'), description, { noNullPrototype: true })
    .map((all) => new Map(Object.entries(all))),
  relations: fc.uniqueArray(fc.constantFrom('r1', 'r2')).map((all) => new Set(all)),
};
const scans = fc
  .array(fc.record({ at: fc.integer({ min: 1, max: 12 }), readAt: fc.integer({ min: 1, max: 3 }), ...facts }), {
    maxLength: 12,
  })
  .map((all) => all.map((scan, index): Scan => ({ ...scan, id: `s${index}` })));

const EMPTY: StoredFacts = { nodes: new Map(), relations: new Map() };

/** A write that breaks off: before delivery number `before` some facts of `scan` are written, and no ledger entry. */
type CutOff = { readonly scan: Scan; readonly before: number; readonly reached: (index: number) => boolean };

/** As the writer does it: the ledger decides where a scan stands; what is superseded or known already says nothing. */
function project(delivered: readonly Scan[], cutOff?: CutOff): StoredFacts {
  let stored = EMPTY;
  const ledger: Scan[] = [];
  const place = (scan: Scan) => {
    if (placeOf(scan, ledger) === 'superseded') return stored;
    const covering = [...new Set(ledger.map(({ at }) => at).filter((at) => at !== scan.at))].sort((a, b) => a - b);
    return placeFamily(stored, scan, covering);
  };
  for (const [index, scan] of delivered.entries()) {
    if (index === cutOff?.before && !ledger.some(({ id }) => id === cutOff.scan.id)) {
      const whole = place(cutOff.scan);
      stored = {
        nodes: merge(stored.nodes, whole.nodes, cutOff.reached),
        relations: merge(stored.relations, whole.relations, cutOff.reached),
      };
    }
    if (ledger.some(({ id }) => id === scan.id)) continue;
    stored = place(scan);
    ledger.push(scan);
  }
  return stored;
}

const merge = <V>(before: ReadonlyMap<string, V>, after: ReadonlyMap<string, V>, reached: (index: number) => boolean) =>
  new Map([...before, ...[...after].filter((_, index) => reached(index))]);

function known({ nodes, relations }: StoredFacts) {
  const plain = (lives: readonly { from: number; to: number }[]) => lives.map(({ from, to }) => [from, to]);
  return {
    nodes: Object.fromEntries(
      [...nodes]
        .filter(([, { lives }]) => lives.length > 0)
        .map(([name, fact]) => [name, { ...fact, lives: plain(fact.lives) }]),
    ),
    relations: Object.fromEntries(
      [...relations].filter(([, lives]) => lives.length > 0).map(([id, lives]) => [id, plain(lives)]),
    ),
  };
}

const judged = (all: readonly Scan[]) => {
  const { nodes, relations } = naiveHistory(all);
  return { nodes: Object.fromEntries(nodes), relations: Object.fromEntries(relations) };
};

const delivery = scans.chain((all) =>
  fc.record({ all: fc.constant(all), delivered: fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }) }),
);

describe('placeFamily', () => {
  it('tells the history of the scans whatever the order and number of their deliveries', () => {
    fc.assert(
      fc.property(delivery, ({ all, delivered }) => {
        expect(known(project(delivered))).toEqual(judged(all));
      }),
      { numRuns: 3_000 },
    );
  });

  it('makes good what a write that was cut off left behind, once that scan is delivered again', () => {
    const cut = fc.record({
      delivery,
      scan: fc.nat({ max: 11 }),
      before: fc.nat({ max: 12 }),
      reached: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    });
    fc.assert(
      fc.property(cut, ({ delivery: { all, delivered }, scan: number, before, reached }) => {
        const scan = all[number % Math.max(all.length, 1)];
        fc.pre(scan !== undefined);
        const cutOff = { scan, before, reached: (index: number) => reached[index] ?? false };
        expect(known(project(delivered, cutOff))).toEqual(judged(all));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('packed lives', () => {
  it('come back as they went in', () => {
    const lives = fc.uniqueArray(fc.nat(), { maxLength: 7 }).map((bounds) => {
      const sorted = bounds.sort((a, b) => a - b);
      return sorted.flatMap((from, index) =>
        index % 2 === 0 ? [{ from, to: sorted[index + 1] ?? Number.POSITIVE_INFINITY }] : [],
      );
    });
    fc.assert(
      fc.property(lives, (all) => {
        expect(unpackLives(packLives(all))).toEqual(all);
      }),
    );
  });
});
