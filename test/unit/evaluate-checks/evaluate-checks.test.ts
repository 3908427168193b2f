import { describe, expect, test } from 'vitest';
import {
  type EvaluateChecksDeps,
  type EvaluateChecksInput,
  evaluateChecks,
} from '../../../functions/evaluate-checks/evaluate-checks.ts';
import type { ChosenCheck } from '../../../shared/checks/configured-checks.ts';
import type { Knowledge } from '../../../shared/checks/coverage.ts';
import type { FindingsRecord } from '../../../shared/checks/finding.ts';
import { toModelParameter } from '../../../shared/checks/model-parameter.ts';
import { CHECKS } from '../../../shared/checks/registry.ts';
import { entityModelSchema } from '../../../shared/domain/entity-model.ts';
import { InvalidInputError, UnavailableError } from '../../../shared/domain/errors.ts';

const at = Date.parse('2026-11-23T18:00:00Z');
const HOUR = 3_600_000;
const model = toModelParameter(entityModelSchema.parse({ knownDataClasses: ['personal'] }));
const newCaller = {
  callerKey: 'c/batch/Deployment/reports',
  callerLabel: 'Workload',
  caller: 'batch/reports',
  calleeKey: 'c/books/Deployment/books',
  calleeLabel: 'Workload',
  callee: 'books/books',
  ports: [7002],
  count: 311,
  first: at - HOUR,
  watchedSince: at - 24 * HOUR,
};

const chosen = (overrides: Partial<ChosenCheck> = {}): ChosenCheck => {
  const check = CHECKS.find(({ id }) => id === 'first-time-caller')!;
  return { check, severity: check.severity, parameters: {}, exceptions: [], ...overrides };
};
const fresh: Knowledge = {
  traffic: { at, complete: true },
  watchedSince: at - 30 * 24 * HOUR,
  trafficCoveredMs: HOUR,
  partialWindows: 0,
  families: {},
};

const population = chosen().check.population?.query;

function evaluate(rows: unknown[], knowledge: Knowledge = fresh, input: Partial<EvaluateChecksInput> = {}) {
  const asked: Readonly<Record<string, unknown>>[] = [];
  const written: FindingsRecord[] = [];
  const deps: EvaluateChecksDeps = {
    readKnowledge: async () => knowledge,
    readRows: async (query, params) => {
      if (query === population) return [{ count: 12 }];
      asked.push(params);
      return rows;
    },
    writeFindings: async (record) => written.push(record) > 0,
  };
  const whole = {
    cluster: 'c',
    since: at - HOUR,
    at,
    checks: [chosen()],
    model,
    staleAfterMs: 900_000,
    allowStale: false,
    ...input,
  };
  return evaluateChecks(deps, whole).then((evaluation) => ({
    evaluation,
    result: evaluation.results[0]!,
    asked,
    written,
  }));
}

describe('what is asked', () => {
  test('a check is asked for its period with its default parameters and the entity model', async () => {
    const { asked } = await evaluate([]);
    expect(asked).toEqual([{ cluster: 'c', since: at - HOUR, at, model, learning: 7 * 24 * HOUR }]);
  });

  test('a parameter that was set wins over the default', async () => {
    const { asked } = await evaluate([], fresh, { checks: [chosen({ parameters: { learning: 1 } })] });
    expect(asked[0]).toMatchObject({ learning: 1 });
  });
});

describe('what is answered', () => {
  test('the result tells of how many things the findings are some, by the same period and parameters', async () => {
    const seen: object[] = [];
    const deps = {
      readKnowledge: async () => fresh,
      readRows: async (query: string, params: object) => {
        if (query !== population) return [newCaller];
        seen.push(params);
        return [{ count: 12 }];
      },
    };
    const input = {
      cluster: 'c',
      since: at - HOUR,
      at,
      checks: [chosen()],
      model,
      staleAfterMs: 900_000,
      allowStale: false,
    };
    const { results } = await evaluateChecks(deps, input);
    expect(results).toMatchObject([{ status: 'violated', population: { count: 12, noun: 'pairs that spoke' } }]);
    expect(seen).toEqual([{ cluster: 'c', since: at - HOUR, at, model, learning: 7 * 24 * HOUR }]);
  });

  test('a query that is refused makes its own check unknown, for the reason told; an outage is nobody’s verdict', async () => {
    const failing = (error: Error) =>
      evaluateChecks(
        {
          readKnowledge: async () => fresh,
          readRows: async (query) => {
            if (query === 'MINE') throw error;
            return query === population ? [{ count: 12 }] : [newCaller];
          },
        },
        {
          ...{ cluster: 'c', since: at - HOUR, at, model, staleAfterMs: 900_000, allowStale: false },
          checks: [chosen({ check: { ...chosen().check, id: 'mine', query: 'MINE' } }), chosen()],
        },
      );
    const { results } = await failing(new InvalidInputError('own/mine/query.cypher:1: it takes too long'));
    expect(results).toMatchObject([
      { status: 'unknown', findings: [], reason: 'own/mine/query.cypher:1: it takes too long' },
      { status: 'violated' },
    ]);
    await expect(failing(new UnavailableError('no answer'))).rejects.toThrow('no answer');
  });

  test.each([[[]], [[{ count: 'many' }]], [[{ count: 1 }, { count: 2 }]]])(
    'a population told as %j is refused',
    async (rows) => {
      const deps = { readKnowledge: async () => fresh, readRows: async () => rows };
      const none = { ...chosen().check, violations: () => [] };
      const checks = [{ ...chosen(), check: none }];
      const input = { cluster: 'c', since: at - HOUR, at, checks, model, staleAfterMs: 900_000, allowStale: false };
      await expect(evaluateChecks(deps, input)).rejects.toThrow(
        'check first-time-caller: the query of its population must return one row with a number as count',
      );
    },
  );

  test('no rows on fresh knowledge are clean, rows are findings of the severity set', async () => {
    expect((await evaluate([])).result).toMatchObject({ status: 'clean', findings: [] });
    const { result } = await evaluate([newCaller], fresh, { checks: [chosen({ severity: 'critical' })] });
    expect(result).toMatchObject({
      status: 'violated',
      findings: [{ severity: 'critical', check: 'first-time-caller' }],
    });
  });

  test('without any traffic window nothing is asked and nothing is clean, even where stale is allowed', async () => {
    const never = { ...fresh, traffic: undefined };
    for (const allowStale of [false, true]) {
      const { result, asked } = await evaluate([newCaller], never, { allowStale });
      expect(result).toMatchObject({ status: 'unknown', findings: [] });
      expect(asked).toEqual([]);
    }
  });

  test('stale knowledge is unknown, unless allowed: then it is judged and says so', async () => {
    const old = { ...fresh, traffic: { at: at - HOUR, complete: true } };
    expect((await evaluate([], old)).result).toMatchObject({ status: 'unknown' });
    const { result } = await evaluate([newCaller], old, { allowStale: true });
    expect(result).toMatchObject({ status: 'violated', reason: expect.stringContaining('1h before') });
  });

  test('a newest window read only in part proves what it shows and nothing else', async () => {
    const part = { ...fresh, traffic: { at, complete: false } };
    expect((await evaluate([], part)).result).toMatchObject({ status: 'unknown' });
    expect((await evaluate([newCaller], part)).result).toMatchObject({ status: 'violated' });
  });

  test('a check that still learns asks nothing, says so, and settles nothing', async () => {
    const { result, asked, written } = await evaluate([newCaller], { ...fresh, watchedSince: at - HOUR });
    expect(result).toMatchObject({ status: 'clean', reason: expect.stringContaining('learning takes 7d') });
    expect(asked).toEqual([]);
    expect(written).toMatchObject([{ looks: [{ judged: 'none' }], open: [] }]);
  });

  test('an exception accepts the rows it describes until its end, and no others', async () => {
    const exception = { where: { caller: 'batch/reports' }, reason: 'quarterly run', until: at + 1 };
    const withException = (until: number) => ({ checks: [chosen({ exceptions: [{ ...exception, until }] })] });
    const rows = [newCaller, { ...newCaller, caller: 'rogue/scanner', callerKey: 'c/rogue/Deployment/scanner' }];
    const { result } = await evaluate(rows, fresh, withException(at + 1));
    expect(result.accepted).toMatchObject([{ reason: 'quarterly run' }]);
    expect(result.findings.map(({ row }) => row.caller)).toEqual(['rogue/scanner']);
    expect((await evaluate(rows, fresh, withException(at))).result.findings).toHaveLength(2);
  });
});

describe('what is recorded', () => {
  test('findings of judged checks are, with the checks whose other findings may end', async () => {
    const { written, evaluation } = await evaluate([newCaller]);
    expect(written).toMatchObject([
      { cluster: 'c', at, looks: [{ check: 'first-time-caller' }], open: [{ check: 'first-time-caller' }] },
    ]);
    expect(evaluation.recorded).toBe(true);
  });

  test('where the newest window was read only in part, what it shows opens and nothing ends', async () => {
    const { written } = await evaluate([newCaller], { ...fresh, traffic: { at, complete: false } });
    expect(written).toMatchObject([{ looks: [{ judged: 'part' }], open: [{ check: 'first-time-caller' }] }]);
  });

  test('a check that could not be judged, or only on stale scans, neither opens nor ends anything', async () => {
    const old = { ...fresh, traffic: { at: at - HOUR, complete: true } };
    for (const allowStale of [false, true]) {
      const { written } = await evaluate([newCaller], old, { allowStale });
      expect(written).toMatchObject([{ looks: [{ judged: 'none' }], open: [] }]);
    }
  });
});
