import { z } from 'zod';

/** The shape of one kind of row, where a query answers several: `what` says which, `told` is what it tells. */
export const rowOf = <What extends string, Told extends z.ZodType>(what: What, told: Told) =>
  z.object({ what: z.literal(what), told });

/** What the rows of one kind tell. */
export const toldOf = <Row extends { readonly what: string; readonly told: unknown }, What extends Row['what']>(
  rows: readonly Row[],
  what: What,
): Extract<Row, { readonly what: What }>['told'][] =>
  rows.flatMap((row) => (row.what === what ? [(row as Extract<Row, { readonly what: What }>).told] : []));
