import { z } from 'zod';
import { SEVERITIES } from '../../checks/check.ts';
import { gateReportSchema } from '../../gate/report.ts';
import { at, cluster } from './asked.ts';
import { LONGEST_MANIFESTS } from './http.ts';
import type { Operation } from './operation.ts';

const manifests = z.array(
  z
    .strictObject({
      file: z.string().min(1).describe('Its name: findings and faults tell it with the line.'),
      text: z.string().describe('Rendered YAML, of several documents and Lists too, or JSON.'),
    })
    .meta({ id: 'ManifestFile' }),
);

export const gateRelease = {
  servedBy: 'gate-release',
  method: 'POST',
  path: '/v1/gate',
  summary: 'Judge manifests before they are applied',
  description:
    'What they cause in the mesh as the graph knows it: calls seen that would be denied, access that opens, policy that ' +
    'is broken. It is judged by the `gate` and `entityModel` of the deployed configuration. Nothing is kept and nothing ' +
    'is applied. A change passes where `unjudged` and `expired` are empty and no finding is of `failOn` or graver; what is unjudged is ' +
    'never passed. What is no manifest is 400, with its file and line.',
  input: z.strictObject({
    manifests: manifests.describe('All that is about to be applied.'),
    base: manifests.prefault([]).describe('The same manifests before the change: what only they hold is deleted.'),
    full: z
      .enum(['namespaces', 'cluster'])
      .optional()
      .describe('The manifests are all there is of the namespaces they name, or of the cluster: the rest is deleted.'),
    namespace: z.string().min(1).default('default').describe('Where objects go that name no namespace.'),
    cluster,
    at,
    since: z
      .string()
      .min(1)
      .optional()
      .describe('Calls seen from then on: an instant, or a span before `at`. Default: `gate.since`, 14d.'),
    allowStale: z
      .boolean()
      .default(false)
      .describe('Judge on scans that are older than the deployment reads them, too.'),
  }),
  answer: gateReportSchema
    .extend({
      rules: z.array(z.string()).describe('Ids of the rules that judged.'),
      failOn: z.enum(SEVERITIES).describe('`gate.failOn` of the deployed configuration.'),
    })
    .meta({ id: 'GateReport' }),
  fails: [404],
  longestBody: LONGEST_MANIFESTS,
} as const satisfies Operation;
