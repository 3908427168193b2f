import { z } from 'zod';
import { SEVERITIES } from '../../checks/check.ts';
import { GATE_RULE_IDS } from '../../gate/rule-ids.ts';
import { checksSchema } from './checks.ts';
import { positiveDuration } from './scalars.ts';

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
    rules: checksSchema(GATE_RULE_IDS.map((id) => ({ id, parameters: [] }))).describe(
      'What differs from the rules as docs/gate-rules.md lists them, by id.',
    ),
  })
  .prefault({});
