import type { MeshgraphError } from '../errors.ts';
import type { Alert } from './alert.ts';
import type { Channel, Delivery } from './channel.ts';
import { type AlertEvent, eventOf } from './event-of.ts';
import { jsonBytes } from './fit-evidence.ts';
import { type Parcel, type ParcelRules, planParcels } from './plan-parcels.ts';
import { type SecurityAccount, type SecurityFinding, securityFindingOf } from './security-finding.ts';

/** Bytes of events in one request: EventBridge takes 256 KB of all entries together. */
const MOST_EVENT_BYTES = 200_000;

/** People read it: a message a change, or a digest of many. */
export const peopleChannel = (
  rules: ParcelRules,
  paceMs: number,
  post: (parcel: Parcel) => Promise<void>,
): Channel => ({
  paceMs,
  plan: (waiting) =>
    planParcels(waiting, rules).map((parcel) => ({
      alerts: parcel.alerts,
      send: async () => {
        await post(parcel);
        return [];
      },
    })),
});

/** Programs read it: every change is an event, some to a request. */
export const eventsChannel = (
  put: (events: readonly AlertEvent[]) => Promise<readonly (MeshgraphError | undefined)[]>,
  atOnce: number,
): Channel => ({
  paceMs: 0,
  plan: (waiting) =>
    inRequests(
      waiting.map(({ alert }) => alert),
      atOnce,
    ).map((alerts) => ({
      alerts,
      send: async () => {
        const errors = await put(alerts.map(eventOf));
        return alerts.flatMap((alert, index) => {
          const error = errors[index];
          return error === undefined ? [] : [{ alert, error }];
        });
      },
    })),
});

/** The Hub keeps one record a finding, so that only its newest change is sent: that tells the earlier ones too. */
export const securityChannel = (
  home: SecurityAccount,
  importFindings: (findings: readonly SecurityFinding[]) => Promise<ReadonlyMap<string, MeshgraphError>>,
  atOnce: number,
): Channel => ({
  paceMs: 0,
  plan: (waiting) => {
    const byFinding = [...Map.groupBy(waiting, ({ alert }) => alert.finding).values()];
    return chunksOf(
      byFinding.map((changes) => changes.map(({ alert }) => alert)),
      atOnce,
    ).map((findings) => importOf(findings, home, importFindings));
  },
});

function importOf(
  findings: readonly Alert[][],
  home: SecurityAccount,
  importFindings: (findings: readonly SecurityFinding[]) => Promise<ReadonlyMap<string, MeshgraphError>>,
): Delivery {
  const records = findings.flatMap((changes) =>
    changes.slice(-1).map((newest) => ({ changes, record: securityFindingOf(newest, home) })),
  );
  return {
    alerts: findings.flat(),
    send: async () => {
      const errors = await importFindings(records.map(({ record }) => record));
      return records.flatMap(({ changes, record }) => {
        const error = errors.get(record.Id);
        return error === undefined ? [] : changes.map((alert) => ({ alert, error }));
      });
    },
  };
}

function inRequests(alerts: readonly Alert[], most: number): Alert[][] {
  const requests: Alert[][] = [];
  let bytes = 0;
  for (const alert of alerts) {
    const size = jsonBytes(alert);
    const last = requests.at(-1);
    const fits = last !== undefined && last.length < most && bytes + size <= MOST_EVENT_BYTES;
    if (fits) last.push(alert);
    else requests.push([alert]);
    bytes = fits ? bytes + size : size;
  }
  return requests;
}

const chunksOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
