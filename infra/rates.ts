import type { ScanConfiguration } from '../shared/domain/configuration/scan.ts';

const MINUTE = 60_000;
const DIVISORS_OF_AN_HOUR = [60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1];

/**
 * When plan-scans runs, as a cron expression in UTC: as often as the more frequent of scan.period and scan.clusterPeriod,
 * and at the first full minute at which a window that just ended has settled.
 */
export function planningSchedule({ period, clusterPeriod, settling }: ScanConfiguration): string {
  const wanted = Math.min(period, clusterPeriod) / MINUTE;
  const every = DIVISORS_OF_AN_HOUR.find((minutes) => minutes <= wanted) ?? 1;
  const first = Math.ceil(settling / MINUTE) % every;
  return every === 60 ? `cron(${first} * * * ? *)` : `cron(${first}/${every} * * * ? *)`;
}

/** `rate(15 minutes)` for a duration in milliseconds; below a minute the scheduler knows nothing. */
export function rateOf(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / MINUTE));
  return minutes === 1 ? 'rate(1 minute)' : `rate(${minutes} minutes)`;
}
