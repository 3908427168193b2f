import type { ScanConfiguration } from '../domain/configuration/scan.ts';

/** Scans older than this cannot be judged on, unless said otherwise. Milliseconds. */
export const STALE_AFTER_MS = 15 * 60_000;

/** The same where sources are read by a schedule: one read every half hour is not stale after a quarter. Milliseconds. */
export const staleAfter = ({ period, clusterPeriod, settling }: ScanConfiguration): number =>
  Math.max(STALE_AFTER_MS, 3 * Math.max(period, clusterPeriod) + settling);
