import type { WaitingAlert } from '../../domain/alerts/channel.ts';
import type { Transaction } from '../connection.ts';
import query from './write-alerts.cypher';

const BATCH = 500;

/** `heldUntil`: it is not told before then (epoch ms), nor is anything later of the same finding. */
type NewAlert = WaitingAlert & { readonly heldUntil?: number };

/** Puts alerts into the outbox, in the transaction of what they tell of. */
export async function writeAlerts(transaction: Transaction, alerts: readonly NewAlert[]): Promise<void> {
  for (let start = 0; start < alerts.length; start += BATCH) {
    const rows = alerts.slice(start, start + BATCH).map(({ alert, first, heldUntil = null }) => ({
      key: alert.id,
      cluster: alert.cluster,
      finding: alert.finding,
      change: alert.change,
      at: alert.at,
      first,
      heldUntil,
      document: JSON.stringify(alert),
    }));
    await transaction.run(query, { alerts: rows });
  }
}
