import { z } from 'zod';
import { positiveDuration } from './scalars.ts';

const span = positiveDuration.refine((ms) => ms % 86_400_000 === 0, { error: 'expected whole days, like 14d' });

/** How long the graph keeps what. Milliseconds once parsed. */
export const retention = z
  .strictObject({
    windows: span.prefault('14d').describe('How long single windows of traffic are kept; then only their days.'),
    days: span.prefault('400d').describe('How long single days of traffic are kept; then only their months.'),
    months: span.optional().describe('How long months of traffic are kept. Default: for ever.'),
    closed: span.prefault('400d').describe('How long what is gone from the cluster is kept, after it went.'),
    findings: span.prefault('400d').describe('How long resolved findings are kept, after they were resolved.'),
    budget: z
      .strictObject({
        nodes: z.int().min(1000),
        relationships: z.int().min(1000),
      })
      .optional()
      .describe(
        'What the database holds at most: 200000 nodes and 400000 relationships for Aura Free. Below it the oldest is ' +
          'given up before its time. Default: no bound.',
      ),
  })
  .superRefine(({ windows, days, months }, context) => {
    const shorter = (path: string, value: number, than: string): void => {
      context.addIssue({
        code: 'custom',
        path: [path],
        input: value,
        message: `expected no less than retention.${than}`,
      });
    };
    if (days < windows) shorter('days', days, 'windows');
    if (months !== undefined && months < days) shorter('months', months, 'days');
  })
  .prefault({});
