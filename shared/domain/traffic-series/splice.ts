import { type Packed, packSlots, unpackSlots } from './pack.ts';
import type { Layer, Slot } from './slot.ts';

/** The relationship with `slot` in its place, instead of what that window held before. */
export function putSlot(layer: Layer, packed: Packed, slot: Slot): Packed {
  return packSlots(layer, [...otherSlots(layer, packed, slot.at), slot]);
}

/** The relationship without the window that starts at `at`; null when nothing is left of it. */
export function dropSlot(layer: Layer, packed: Packed, at: number): Packed | null {
  const left = otherSlots(layer, packed, at);
  return left.length > 0 ? packSlots(layer, left) : null;
}

/** Several buckets of one series as one. They share no window: a window is written to one bucket only. */
export function mergeChunks(layer: Layer, chunks: readonly Packed[]): Packed {
  return packSlots(
    layer,
    chunks.flatMap((chunk) => unpackSlots(layer, chunk)),
  );
}

const otherSlots = (layer: Layer, packed: Packed, at: number): Slot[] =>
  unpackSlots(layer, packed).filter((slot) => slot.at !== at);
