import { identityOf, type Packed } from '../../domain/traffic-series/pack.ts';
import type { Layer } from '../../domain/traffic-series/slot.ts';
import type { Transaction } from '../connection.ts';
import createQuery from './create-chunks.cypher';
import deleteQuery from './delete-chunks.cypher';
import { forLayer } from './layer-query.ts';
import readQuery from './read-chunks.cypher';
import rewriteQuery from './rewrite-chunks.cypher';

/** One traffic relationship: a series in one bucket. Ends by element id; `props` are all its properties. */
export type Chunk = { readonly id: string; readonly from: string; readonly to: string; readonly props: Packed };

/** Those of the chunks that exist, by id. */
export async function readChunks(tx: Transaction, layer: Layer, ids: readonly string[]): Promise<Map<string, Chunk>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.run<Chunk>(forLayer(readQuery, layer), { ids });
  return new Map(rows.map((chunk) => [chunk.id, chunk]));
}

export async function createChunks(tx: Transaction, layer: Layer, chunks: readonly Chunk[]): Promise<void> {
  if (chunks.length > 0) await tx.run(forLayer(createQuery, layer), { rows: chunks });
}

/** Gives existing chunks the windows of `packed` instead of those they hold. */
export async function rewriteChunks(
  tx: Transaction,
  layer: Layer,
  chunks: readonly { readonly chunk: Chunk; readonly packed: Packed }[],
): Promise<void> {
  const rows = chunks.map(({ chunk: { id, props }, packed }) => ({
    id,
    props: { ...identityOf(layer, props), ...packed },
  }));
  if (rows.length > 0) await tx.run(forLayer(rewriteQuery, layer), { rows });
}

export async function deleteChunks(tx: Transaction, layer: Layer, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.run(forLayer(deleteQuery, layer), { ids });
}
