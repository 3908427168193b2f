import { InvalidInputError } from './errors.ts';

/** A half-open span `[from, to)` in epoch milliseconds, aligned to the scan period. */
export type Window = { readonly from: number; readonly to: number };

/**
 * All whole windows of `periodMs` inside `[from, to)`, aligned to multiples of the period since the epoch, oldest first.
 * A part of a window at either end is left out: it belongs to a window that is not over yet, or was not asked for whole.
 */
export function alignedWindows(from: number, to: number, periodMs: number): Window[] {
  if (!(Number.isInteger(periodMs) && periodMs > 0)) {
    throw new InvalidInputError(`a scan period is a whole number of milliseconds above 0, not ${periodMs}`);
  }
  const windows: Window[] = [];
  for (let start = Math.ceil(from / periodMs) * periodMs; start + periodMs <= to; start += periodMs) {
    windows.push({ from: start, to: start + periodMs });
  }
  return windows;
}
