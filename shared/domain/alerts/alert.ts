import { z } from 'zod';
import { SEVERITIES } from '../../checks/check.ts';
import { FINDING_CHANGES } from './finding-change.ts';

export const ALERT_SCHEMA = 'meshgraph.alert/v1';

const instant = z.int().nonnegative();

/** One change in the life of a finding, as subscribers get it: docs/schemas/alert.v1.json is made from it. */
export const alertDocument = z.object({
  schema: z.literal(ALERT_SCHEMA),
  id: z.string().describe('The change: finding, change and instant. One that comes twice was sent twice.'),
  change: z.enum(FINDING_CHANGES),
  at: instant.describe('The evaluation that saw it, epoch milliseconds.'),
  cluster: z.string(),
  check: z.string().describe('Id of the check, as in docs/checks.md.'),
  finding: z.string().describe('The finding: the same through all its changes.'),
  title: z.string().describe('The same through all changes of the finding.'),
  severity: z.enum(SEVERITIES),
  previousSeverity: z.enum(SEVERITIES).optional().describe('Where it was escalated or eased: what it was before.'),
  message: z.string().describe('What is wrong, in one sentence; of a resolved finding, what was.'),
  note: z.string().optional().describe('Why it changed: who accepted or reopened it, until when, why it is over.'),
  flapping: z
    .object({ times: z.int().positive(), since: instant.describe('Epoch milliseconds.') })
    .optional()
    .describe(
      'It opens and resolves again and again: how often it opened, since when. Told once, then not until it is steady.',
    ),
  openedAt: instant.describe('Since when it is open, epoch milliseconds.'),
  namespaces: z.array(z.string()).describe('Namespaces of what it is about.'),
  owners: z.array(z.string()).describe('Owners of what it is about, from the entity model.'),
  about: z.array(z.object({ label: z.string(), key: z.string() })).describe('Nodes of the graph it concerns.'),
  evidence: z.record(z.string(), z.unknown()).describe("The check's row, long values cut."),
  remedy: z.string(),
  command: z.string().describe('Shows it as of that evaluation.'),
  docs: z.string().describe('Where the check is described.'),
});

export type Alert = z.infer<typeof alertDocument>;
