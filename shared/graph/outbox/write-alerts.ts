import type { WaitingAlert } from '../../domain/alerts/channel.ts';
import type { Transaction } from '../connection.ts';
import query from './write-alerts.cypher';

const BATCH = 500;

/** Puts alerts into the outbox, in the transaction of what they tell of. */
export async function writeAlerts(transaction: Transaction, alerts: readonly WaitingAlert[]): Promise<void> {
  for (let start = 0; start < alerts.length; start += BATCH) {
    const rows = alerts.slice(start, start + BATCH).map(({ alert, first }) => ({
      key: alert.id,
      cluster: alert.cluster,
      finding: alert.finding,
      change: alert.change,
      at: alert.at,
      first,
      document: JSON.stringify(alert),
    }));
    await transaction.run(query, { alerts: rows });
  }
}
