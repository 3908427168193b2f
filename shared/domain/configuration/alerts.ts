import { z } from 'zod';
import { SEVERITIES } from '../../checks/check.ts';
import { FINDING_CHANGES } from '../alerts/finding-change.ts';
import type { KnownChecks } from './checks.ts';
import { positiveDuration, secret } from './scalars.ts';

const sns = z.strictObject({
  sns: z
    .strictObject({
      topicArn: z
        .string()
        .regex(/^arn:aws[\w-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/, {
          error: 'expected the ARN of a standard SNS topic like arn:aws:sns:eu-central-1:123456789012:mesh-alerts',
        })
        .optional()
        .describe("Default: meshgraph's own topic."),
    })
    .prefault({}),
});
const slack = z.strictObject({
  slack: z.strictObject({
    webhook: secret.describe('Where the URL of an incoming webhook is. It decides the channel.'),
  }),
});
const events = z.strictObject({ events: z.strictObject({}).prefault({}) });
const securityHub = z.strictObject({ securityHub: z.strictObject({}).prefault({}) });

const destination = z
  .union([sns, slack, events, securityHub], {
    error: 'expected {sns: {}}, {slack: {webhook: {secret: NAME}}}, {events: {}} or {securityHub: {}}',
  })
  .describe('Amazon SNS, a Slack channel, an EventBridge bus, or AWS Security Hub.');

const only = (what: string) =>
  z
    .array(z.string().min(1))
    .min(1, { error: `expected at least one; leave it out for all ${what}` })
    .optional();

const route = (checks: KnownChecks) =>
  z.strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, {
        error: 'expected lower-case letters, digits and dashes, like platform-slack',
      })
      .describe(
        'Names the route in logs and in the record of what was delivered: do not reuse a name for another channel.',
      ),
    to: destination,
    minSeverity: z.enum(SEVERITIES).default('high').describe('Findings at or over it are sent.'),
    clusters: only('clusters').describe('Only findings of these clusters.'),
    namespaces: only('namespaces').describe('Only findings about something in these namespaces.'),
    owners: only('owners').describe('Only findings about something of these owners (see entityModel.owner).'),
    checks: z
      .array(checks === 'any' ? z.string() : z.enum(checks.map(({ id }) => id)))
      .min(1)
      .optional()
      .describe('Only findings of these checks.'),
    changes: z
      .array(z.enum(FINDING_CHANGES))
      .min(1)
      .default([...FINDING_CHANGES])
      .describe('Which changes in the life of a finding are told.'),
  });

export type AlertRoute = z.infer<ReturnType<typeof route>>;

/** Who hears of findings, and how. Routes are independent: a finding is sent along every one that it fits. */
export const alertsSchema = (checks: KnownChecks) =>
  z
    .strictObject({
      routes: z
        .array(route(checks))
        .superRefine((routes, context) => {
          routes.forEach(({ name }, index) => {
            if (routes.findIndex((other) => other.name === name) === index) return;
            context.addIssue({
              code: 'custom',
              path: [index, 'name'],
              input: name,
              message: 'expected a name no other route has',
            });
          });
        })
        .default([]),
      digestAbove: z
        .int()
        .min(0)
        .default(10)
        .describe('More changes than this in one evaluation become one message that sums them up.'),
      firstRun: z
        .enum(['digest', 'each'])
        .default('digest')
        .describe('How the findings of the first evaluation of a check in a cluster are told.'),
      learning: positiveDuration
        .prefault('24h')
        .describe(
          'How long after its first evaluation a check of traffic still finds what was there before: one more digest at ' +
            'its end. Not where firstRun is each.',
        ),
      flapping: z
        .strictObject({
          times: z.int().min(2).default(3),
          within: positiveDuration.prefault('7d'),
        })
        .prefault({})
        .describe(
          'A finding that opens so often within such a span is told as flapping, and then not until it was steady for as long.',
        ),
    })
    .prefault({})
    .describe('Who hears of findings. Without routes nobody does: the findings are in the graph all the same.');

export type AlertsConfiguration = z.infer<ReturnType<typeof alertsSchema>>;
