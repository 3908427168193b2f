import { formatDuration } from '../../domain/duration.ts';
import { FAMILIES } from '../../kubernetes/families.ts';
import type { AnswerRow } from '../question.ts';
import { type Told, unreadKinds } from './rows.ts';

type Input = { readonly since: number; readonly at: number };

/** How often the other sources were read in the period, and the longest pause between two readings, or to its ends. */
export function scanRows(scans: readonly Told<'scans'>[], { since, at }: Input): AnswerRow[] {
  return scans.map(({ source, newest, at: instants }) => {
    const read = instants.toSorted((a, b) => a - b);
    const marks = [...read, at];
    const pauses = marks.slice(1).map((mark, index) => mark - (marks[index] ?? mark));
    const first = read[0];
    if (first === undefined) {
      const detail = `the newest scan is ${formatDuration(at - newest)} old`;
      return { source, state: 'unwatched', what: 'scans', from: Math.max(newest, since), to: at, detail, key: null };
    }
    const count = read.length === 1 ? '1 scan' : `${read.length} scans`;
    const detail = `${count}, at most ${formatDuration(Math.max(...pauses))} without one`;
    return { source, state: 'read', what: 'scans', from: first, to: read.at(-1) ?? first, detail, key: null };
  });
}

/** Fact families of the cluster that its newest scan could not read: since when, and for want of which kinds. */
export function familyRows(
  families: readonly Told<'family'>[],
  scans: readonly Told<'scans'>[],
  { at }: Input,
): AnswerRow[] {
  const scan = scans.find(({ source }) => source === 'cluster');
  if (scan === undefined) {
    const detail = 'the cluster was never read';
    return [{ source: 'cluster', state: 'unwatched', what: 'scans', from: null, to: at, detail, key: null }];
  }
  const newest = new Map(families.map((one) => [one.family, one.newest]));
  const kinds = unreadKinds(scan.coverage);
  return Object.entries<readonly string[]>(FAMILIES)
    .filter(([family]) => (newest.get(family) ?? 0) < scan.newest)
    .map(([family, needed]) => ({
      source: 'cluster',
      state: 'unread',
      what: family,
      from: newest.get(family) ?? null,
      to: at,
      detail: needed.flatMap((kind) => (kinds.has(kind) ? `${kind} ${kinds.get(kind)}` : [])).join('; ') || null,
      key: null,
    }));
}
