import { describe, expect, it } from 'vitest';
import { compare, label } from '../../../scripts/accuracy/compare.ts';
import { ourTotals } from '../../../scripts/accuracy/ours.ts';
import { readRecording, readTruth, readViz } from '../../../scripts/accuracy/recording.ts';
import { truthOfCallers } from '../../../scripts/accuracy/truth.ts';
import { explainAuthz, explainEdges, missingFromViz } from '../../../scripts/accuracy/viz.ts';

const { windows, snapshots } = await readRecording();
const [snapshot] = snapshots;
if (snapshot === undefined) throw new Error('the recorded bundle has no snapshot');
const compared = compare(truthOfCallers(await readTruth(), snapshot), ourTotals(windows, snapshots));

describe('the recorded mesh beside what its applications counted', () => {
  // A caller killed between two scrapes takes with it what only its own proxy ever saw.
  const lost = 'rogue/scanner → refused egress:80 403';

  it.each(compared.filter((row) => label(row) !== lost).map((row) => [label(row), row] as const))(
    'has %s to the request',
    (_, row) => {
      expect(row.ours).toBe(row.count);
    },
  );

  it('misses only what a killed caller alone knew, and says so', () => {
    const [row] = compared.filter((one) => label(one) === lost);
    expect(row).toMatchObject({ count: 47, called: 46, arrived: 0 });
    expect(row?.reason).not.toBe('');
    expect(compared).toHaveLength(29);
  });

  it('never invents an edge: each of ours between applications is one they counted', () => {
    const known = new Set(
      compared.map(
        ({ caller, callee, port }) => `${caller === 'legacy/cron' ? '(no identity)' : caller} ${callee}:${port}`,
      ),
    );
    const linkerd = /^linkerd|^\(no identity\) linkerd|\.linkerd| linkerd/;
    const invented = ourTotals(windows, snapshots)
      .map(({ caller, callee, port }) => `${caller} ${callee}:${port}`)
      .filter((edge) => !known.has(edge) && !linkerd.test(edge));
    expect([...new Set(invented)]).toEqual([]);
  });
});

describe.each(['t222', 't542'] as const)('linkerd viz as it answered at %s', async (at) => {
  const viz = await readViz(at);
  const seen = windows.filter(({ window }) => window.from <= viz.time);

  it('has no edge that ours do not explain', () => {
    expect(explainEdges(viz.edges, seen).filter(({ explanation }) => explanation === '')).toEqual([]);
  });

  it.each(Object.entries(viz.authz))(
    'has no authorization row in %s that our arrivals do not explain',
    (namespace, rows) => {
      expect(explainAuthz(rows, namespace, seen).filter(({ explanation }) => explanation === '')).toEqual([]);
    },
  );

  it('shows as secured a caller whose every request was denied', () => {
    const wrong = explainEdges(viz.edges, seen)
      .filter((row) => row.wrong)
      .map(({ what }) => what);
    expect(wrong).toEqual(
      at === 't222'
        ? ['rogue/scanner → books/authors', 'rogue/scanner → emojivoto/voting']
        : ['batch/reports → books/authors'],
    );
  });
});

it('has opaque TCP, egress and callers outside the mesh, which viz edges has none of', () => {
  const missing = missingFromViz(windows).map(({ what }) => what);
  expect(missing).toEqual(
    expect.arrayContaining([
      'books/books → books/mysql:3306',
      'books/authors → 203.0.113.11:5432',
      'rogue/scanner → rogue/no-egress:80',
      'unauthenticated → books/mysql:3306',
    ]),
  );
});
