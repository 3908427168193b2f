import type { StoredFinding } from '../../domain/findings/transform-findings.ts';
import type { NodeRef } from '../../domain/observation.ts';
import type { Transaction } from '../connection.ts';
import { type LifeProperties, toLife } from './life-properties.ts';
import query from './stored-findings.cypher';

type Row = {
  readonly properties: LifeProperties & {
    readonly key: string;
    readonly name: string;
    readonly check: string;
    readonly message: string;
    readonly row: string;
    readonly namespaces?: readonly string[];
    readonly owners?: readonly string[];
  };
  readonly about: readonly NodeRef[];
};

/** The findings of these keys that the graph has. */
export async function readStoredFindings(transaction: Transaction, keys: readonly string[]): Promise<StoredFinding[]> {
  const rows = await transaction.run<Row>(query, { keys });
  return rows.map(toStored);
}

function toStored({ properties, about }: Row): StoredFinding {
  const { key, name: fingerprint, check, severity, message, row, namespaces = [], owners = [] } = properties;
  return {
    finding: { key, fingerprint, check, severity, message, about, row: JSON.parse(row) },
    life: toLife(properties),
    namespaces,
    owners,
  };
}
