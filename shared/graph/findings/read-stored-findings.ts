import type { StoredFinding } from '../../domain/alerts/finding-events.ts';
import type { Transaction } from '../connection.ts';
import query from './stored-findings.cypher';

type Row = Omit<StoredFinding, 'row'> & { readonly row: string };

/** The findings of a cluster that are not resolved, and those of the keys whatever their state. */
export async function readStoredFindings(
  transaction: Transaction,
  cluster: string,
  keys: readonly string[],
): Promise<StoredFinding[]> {
  const rows = await transaction.run<Row>(query, { cluster, keys });
  return rows.map(({ row, ...finding }) => ({ ...finding, row: JSON.parse(row) }));
}
