/** How many of many a message names. */
export const TOLD = 3;

/** The first three, and how many more there are: `a, b, c and 2 more`. */
export const some = (all: readonly string[]): string =>
  all.slice(0, TOLD).join(', ') + (all.length > TOLD ? ` and ${all.length - TOLD} more` : '');
