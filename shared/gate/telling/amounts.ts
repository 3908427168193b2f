import { formatDuration } from '../../domain/duration.ts';
import { formatInstant } from '../../domain/instant.ts';
import type { GateReport, TurnedCall } from '../report.ts';

/** `3.1 M`, `20,000`: millions are rounded, all else is told to the unit. */
export const amount = (count: number): string =>
  count >= 1_000_000 ? `${(count / 1_000_000).toFixed(1)} M` : count.toLocaleString('en-US');

/** `1 finding`, `2 findings`. */
export const some = (count: number, one: string, many = `${one}s`): string =>
  `${amount(count)} ${count === 1 ? one : many}`;

/** `14d to 2026-11-24T12:00:00Z, 98% covered, 20,000 calls (3.1 M requests, 12 connections)`. */
export function trafficWords({ since, at, coveredMs, edges, requests, connections }: GateReport['traffic']): string {
  const length = at - since;
  const units = [
    ...(requests > 0 || connections === 0 ? [some(requests, 'request')] : []),
    ...(connections > 0 ? [some(connections, 'connection')] : []),
  ];
  const percent = length > 0 ? Math.floor((coveredMs / length) * 100) : 0;
  const covered = percent === 0 && coveredMs > 0 ? 'under 1%' : `${percent}%`;
  const days = length % DAY === 0 ? some(length / DAY, 'day') : formatDuration(length);
  return `${days} to ${formatInstant(at)}, ${covered} covered, ${some(edges, 'call')} (${units.join(', ')})`;
}

const DAY = 86_400_000;

/** `3 objects changed, 1 added, 1 removed, 12 as they are`. */
export function objectWords({ added, changed, unchanged, removed }: GateReport['objects']): string {
  const parts = [
    ...(changed > 0 ? [`${amount(changed)} changed`] : []),
    ...(added > 0 ? [`${amount(added)} added`] : []),
    ...(removed > 0 ? [`${amount(removed)} removed`] : []),
    ...(unchanged > 0 ? [`${amount(unchanged)} as they are`] : []),
  ];
  return `objects: ${parts.join(', ') || 'none'}`;
}

/** `118 requests, last 2026-11-23T17:54:00Z`. */
export const seenWords = ({ count, unit, last }: TurnedCall): string =>
  `${some(count, unit.slice(0, -1))}, last ${formatInstant(last)}`;

/** `shop/web:8080`; `shop/web on every port` where none is told. */
export const endWords = ({ to, port }: { readonly to: string; readonly port: number | null }): string =>
  port === null ? `${to} on every port` : `${to}:${port}`;

/** The last day an exception holds, like 2027-03-31: `until` is the first instant it no longer does. */
export const lastDay = (until: number): string => formatInstant(until - 1).slice(0, 10);
