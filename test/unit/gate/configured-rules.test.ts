import { describe, expect, test } from 'vitest';
import type { Configuration } from '../../../shared/domain/configuration.ts';
import { configuredRules, ownRulesOn } from '../../../shared/gate/configured-rules.ts';
import type { AnyRule } from '../../../shared/gate/rule.ts';
import { GATE_RULES } from '../../../shared/gate/rules/registry.ts';

type Rules = Configuration['gate']['rules'];
const said = (id: string, about: Partial<Rules[string]>): Rules => ({
  [id]: { enabled: true, exceptions: [], parameters: {}, ...about },
});
const own: AnyRule = {
  id: 'no-batch',
  group: 'own',
  title: 't',
  severity: 'high',
  rationale: 'r',
  remedy: 'r',
  columns: ['caller'],
  judge: () => ({ caused: [], existing: [] }),
};
const excepting = (where: Record<string, string>) => [{ where, reason: 'r', until: 1 }];

describe('the rules that judge', () => {
  test('are all there are, without those the configuration turns off', () => {
    expect(configuredRules({ rules: {} }, [own])).toHaveLength(GATE_RULES.length + 1);
    const left = configuredRules({ rules: said('calls-denied', { enabled: false }) });
    expect(left.map(({ rule }) => rule.id)).not.toContain('calls-denied');
    expect(left).toHaveLength(GATE_RULES.length - 1);
  });

  test('have the severity and the exceptions the configuration gives them, the user’s own too', () => {
    const exceptions = excepting({ caller: 'batch/reports' });
    const rules = said('no-batch', { severity: 'low', exceptions });
    expect(configuredRules({ rules }, [own]).at(-1)).toEqual({ rule: own, severity: 'low', exceptions });
  });

  test('have no exception that can never fit', () => {
    const rules = said('no-batch', { exceptions: excepting({ caler: 'a' }) });
    expect(() => configuredRules({ rules }, [own])).toThrow(
      'gate.rules.no-batch.exceptions: a finding of this rule has no caler; did you mean caller?',
    );
    // A deployed API has none of the user's own, whatever its configuration says of them.
    expect(configuredRules({ rules })).toHaveLength(GATE_RULES.length);
  });
});

describe('the user’s own rules', () => {
  test('are asked unless the configuration turns them off', () => {
    expect(ownRulesOn({ rules: {} }, [own], 'rules')).toEqual([own]);
    expect(ownRulesOn({ rules: said('no-batch', { enabled: false }) }, [own], 'rules')).toEqual([]);
    expect(ownRulesOn({ rules: said('calls-denied', { enabled: false }) }, [own], 'rules')).toEqual([own]);
  });

  test('are all that may be spoken of beside the built-in ones', () => {
    expect(() => ownRulesOn({ rules: said('no-bath', {}) }, [own], 'rules')).toThrow(
      'gate.rules: there is no rule "no-bath", neither built in nor in rules: did you mean "no-batch"?',
    );
    expect(() => ownRulesOn({ rules: said('calls-deneid', {}) }, [own], 'rules')).toThrow(
      'did you mean "calls-denied"?',
    );
    expect(() => ownRulesOn({ rules: said('quite-otherwise-called', {}) }, [own], 'rules')).toThrow(
      /neither built in nor in rules$/,
    );
  });
});
