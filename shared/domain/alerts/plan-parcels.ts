import type { Alert } from './alert.ts';
import type { WaitingAlert } from './channel.ts';
import { type AlertDigest, composeDigest } from './digest.ts';

/** What is sent along a route in one go, and the alerts that are told by it. */
export type Parcel =
  | { readonly kind: 'alert'; readonly alert: Alert; readonly alerts: readonly Alert[] }
  | { readonly kind: 'digest'; readonly digest: AlertDigest; readonly alerts: readonly Alert[] };

export type ParcelRules = { readonly digestAbove: number; readonly firstRun: 'digest' | 'each' };

/**
 * How the alerts that wait for a route people read are told: those of a check’s first evaluation in one digest, the others one by
 * one, or in one digest too where they are more than `digestAbove`. They come in order, and stay in it.
 */
export function planParcels(waiting: readonly WaitingAlert[], { digestAbove, firstRun }: ParcelRules): Parcel[] {
  const [first, later] = [true, false].map((which) =>
    waiting.filter((one) => one.first === which).map(({ alert }) => alert),
  );
  return [
    ...parcelsOf(first ?? [], firstRun === 'digest' ? 1 : digestAbove, true),
    ...parcelsOf(later ?? [], digestAbove, false),
  ];
}

function parcelsOf(alerts: readonly Alert[], most: number, first: boolean): Parcel[] {
  const [head, ...rest] = alerts;
  if (head === undefined) return [];
  if (alerts.length > most) return [{ kind: 'digest', digest: composeDigest([head, ...rest], first), alerts }];
  return alerts.map((alert) => ({ kind: 'alert', alert, alerts: [alert] }));
}
