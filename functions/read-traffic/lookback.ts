import type { ScanConfiguration } from '../../shared/domain/configuration/scan.ts';
import type { TrafficReading } from './read-traffic.ts';

/** How far back a counter's last value is looked for after a pause in scraping: as far as windows are caught up. */
export const farLookbackOf = ({ catchUp, lookback }: ScanConfiguration): number => Math.max(catchUp, lookback);

/** What the configuration says of every reading. */
export const readingSettings = (
  scan: ScanConfiguration,
): Pick<TrafficReading, 'settlingMs' | 'lookbackMs' | 'farLookbackMs' | 'retainIdleMs'> => ({
  settlingMs: scan.settling,
  lookbackMs: scan.lookback,
  farLookbackMs: farLookbackOf(scan),
  retainIdleMs: scan.retainIdle,
});
