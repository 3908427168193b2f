import type { ScanConfiguration } from '../../shared/domain/configuration/scan.ts';

/** How far back a counter's last value is looked for after a pause in scraping: as far as windows are caught up. */
export const farLookbackOf = ({ catchUp, lookback }: ScanConfiguration): number => Math.max(catchUp, lookback);
