import { z } from 'zod';

/** Parameters several operations share. They are texts as people write them: shared/domain/instant.ts reads them. */
export const cluster = z
  .string()
  .min(1)
  .optional()
  .describe('The cluster asked about. Needed where the graph knows several and the answer is of one.');

export const at = z
  .string()
  .min(1)
  .optional()
  .describe('As of then: 2026-11-23T17:54:00Z, or -2h. Default: the newest the graph knows.');

export const since = z
  .string()
  .min(1)
  .optional()
  .describe('Traffic from then on: an instant, or a span before `at`. Default: 24h.');

export const namespace = z.string().min(1).optional().describe('Only what lives there, with its callers and callees.');

export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');

export const wholeNumber = (most: number) => {
  const error = `expected a whole number from 1 to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(1, { error }).max(most, { error });
};

/** How many a page holds. A page may be shorter; there is more while `next` is not null. */
export const limit = (most: number, usual: number) =>
  wholeNumber(most).default(usual).describe(`At most so many on a page, up to ${most}.`);

export const cursor = z.string().min(1).optional().describe('`next` of the page before, as it came.');

/** `next` of a page. */
export const next = z.string().nullable().describe('Cursor of the next page; null on the last one.');
