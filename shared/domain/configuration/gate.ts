import { z } from 'zod';
import { SEVERITIES } from '../../checks/check.ts';
import { GATE_RULE_IDS } from '../../gate/rule-ids.ts';
import { openChecksSchema } from './checks.ts';
import { positiveDuration } from './scalars.ts';

const BUILT_IN: ReadonlySet<string> = new Set(GATE_RULE_IDS);

/** How `meshgraph gate` judges. Milliseconds once parsed. */
export const gate = z
  .strictObject({
    since: positiveDuration.prefault('14d').describe('Calls seen from then on, before the newest scan, are judged.'),
    maxAge: positiveDuration
      .prefault('24h')
      .describe('A baseline or bundle older than this cannot be judged on. A graph must be as new as for the checks.'),
    failOn: z.enum(SEVERITIES).default('high').describe('Exit 1 on findings at or over it that the change causes.'),
    ownRules: z
      .string()
      .min(1)
      .optional()
      .describe(
        'A directory of rules of your own, see docs/gate.md; relative to this file. The API judges without them.',
      ),
    rules: openChecksSchema(GATE_RULE_IDS.map((id) => ({ id, parameters: [] }))).describe(
      'What differs from the rules as docs/gate-rules.md lists them, and from those in ownRules, by id.',
    ),
  })
  .superRefine(({ ownRules, rules }, context) => {
    // Which rules there are in a directory is for whoever may read it to say (shared/gate/configured-rules.ts).
    const unknown = ownRules === undefined ? Object.keys(rules).filter((id) => !BUILT_IN.has(id)) : [];
    if (unknown.length > 0) {
      context.addIssue({ code: 'unrecognized_keys', keys: unknown, path: ['rules'], input: rules });
    }
  })
  .prefault({});
