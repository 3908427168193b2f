import { type CoveringScan, stands } from '../../domain/projection/covering-scans.ts';
import type { Transaction } from '../connection.ts';
import beginQuery from './begin-families.cypher';
import coveringQuery from './covering-scans.cypher';
import endQuery from './end-families.cypher';
import newestQuery from './newest-scans.cypher';
import readQuery from './read-scan.cypher';
import recordQuery from './record-scan.cypher';
import type { ScanRecord } from './scan-record.ts';
import unfinishedQuery from './unfinished-families.cypher';

export type WrittenScan = { readonly id: string; readonly digest: string; readonly readAt: number };

/** The ledger's entry of an observation that was written whole, by its id. */
export async function readScan(tx: Transaction, id: string): Promise<WrittenScan | undefined> {
  return (await tx.run<WrittenScan>(readQuery, { id }))[0];
}

/** Enters a scan, in the transaction that ends its write. */
export async function recordScan(tx: Transaction, scan: ScanRecord): Promise<void> {
  await tx.run(recordQuery, { scan });
}

/** The newest scan that covered a family, and the digest of what it said of it. */
export type NewestScan = CoveringScan & { readonly digest: string };

type ScanRow = CoveringScan & { readonly families: readonly string[]; readonly digests: readonly string[] };

const PAGE = 20;

/** The newest covering scan of each family, none where the family was never covered. Two short reads as a rule. */
export async function readNewestScans(
  tx: Transaction,
  cluster: string,
  families: readonly string[],
): Promise<Map<string, NewestScan>> {
  const newest = new Map<string, NewestScan>();
  for (const source of ['cluster', 'certificates']) {
    for (let skip = 0; ; skip += PAGE) {
      const page = await tx.run<ScanRow>(newestQuery, { cluster, source, skip, limit: PAGE });
      for (const scan of page) keepNewest(newest, scan);
      if (page.length < PAGE || families.every((family) => newest.has(family))) break;
    }
  }
  return newest;
}

function keepNewest(newest: Map<string, NewestScan>, { families, digests, ...scan }: ScanRow): void {
  for (const [index, family] of families.entries()) {
    const known = newest.get(family);
    if (!known || stands(scan, known)) newest.set(family, { ...scan, digest: digests[index] as string });
  }
}

/** Every scan that covered each of the families, oldest first. */
export async function readCoveringScans(
  tx: Transaction,
  cluster: string,
  families: readonly string[],
): Promise<Map<string, CoveringScan[]>> {
  const rows = await tx.run<{ family: string; scans: CoveringScan[] }>(coveringQuery, { cluster, families });
  return new Map(rows.map(({ family, scans }) => [family, scans]));
}

/** The families whose last write was cut off: what is stored of them is not what the ledger says. */
export async function readUnfinished(tx: Transaction, cluster: string): Promise<readonly string[]> {
  return (await tx.run<{ families: string[] }>(unfinishedQuery, { cluster }))[0]?.families ?? [];
}

export async function beginFamilies(tx: Transaction, cluster: string, families: readonly string[]): Promise<void> {
  await tx.run(beginQuery, { cluster, families });
}

export async function endFamilies(tx: Transaction, cluster: string, families: readonly string[]): Promise<void> {
  await tx.run(endQuery, { cluster, families });
}
