import type { Reading } from '../../domain/traffic-series/reading.ts';
import type { Window } from '../../domain/window.ts';
import type { Transaction } from '../connection.ts';
import type { Fence } from '../lease.ts';
import beginQuery from './begin-window.cypher';
import endQuery from './end-window.cypher';
import stateQuery from './window-state.cypher';

export type WindowState = {
  /** The finished readings of the window that starts at the same instant. */
  readonly readings: readonly Reading[];
  /** A write of it began and did not end: slots of a reading that the ledger does not know may stand. */
  readonly dirty: boolean;
  /** The start of the latest window the ledger knows of the cluster; null before the first. */
  readonly newest: number | null;
};

export async function readWindowState(fence: Fence, window: Window): Promise<WindowState> {
  const parameters = { key: intentKey(fence, window), cluster: fence.cluster, from: window.from };
  const rows = await fence.transaction((tx) => tx.run<WindowState>(stateQuery, parameters));
  return rows[0] as WindowState;
}

/** Before the first slot is written: should the write break off, the mark stays. */
export async function beginWindow(fence: Fence, window: Window): Promise<void> {
  await fence.transaction((tx) => tx.run(beginQuery, { key: intentKey(fence, window) }));
}

/** The window is whole: in one transaction the ledger takes its entry and the mark goes. */
export async function endWindow(
  fence: Fence,
  window: Window,
  record: (tx: Transaction) => Promise<unknown>,
): Promise<void> {
  await fence.transaction(async (tx) => {
    await record(tx);
    await tx.run(endQuery, { key: intentKey(fence, window) });
  });
}

const intentKey = (fence: Fence, window: Window): string => `${fence.cluster}/${window.from}`;
