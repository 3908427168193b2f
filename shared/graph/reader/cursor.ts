import { z } from 'zod';
import { InvalidInputError } from '../../domain/errors.ts';

/** Where a page ended: the instant and the key of its last row. */
export type Position = { readonly at: number; readonly key: string };

const position = z.tuple([z.int(), z.string()]);

/** A position as callers carry it from page to page: opaque, safe in a query. */
export const writeCursor = ({ at, key }: Position): string =>
  Buffer.from(JSON.stringify([at, key])).toString('base64url');

/** Throws InvalidInputError for anything this API did not hand out. */
export function readCursor(text: string | undefined): Position | undefined {
  if (text === undefined) return undefined;
  try {
    const [at, key] = position.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { at, key };
  } catch (cause) {
    throw new InvalidInputError('the cursor is not one of this API: take `next` of the page before as it came', {
      cause,
    });
  }
}

/** A page of rows read one longer than asked for, and the cursor of the next one where there is more. */
export function page<Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => Position,
): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? writeCursor(positionOf(last)) : null };
}
