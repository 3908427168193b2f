import { z } from 'zod';
import { duration, positiveDuration } from './scalars.ts';

/** When and how far back sources are read. Milliseconds once parsed. */
export const scan = z
  .strictObject({
    period: positiveDuration
      .refine((ms) => 3_600_000 % ms === 0, { error: 'expected a duration that divides an hour, like 1m, 5m or 15m' })
      .prefault('5m')
      .describe('Length of a traffic window, and how often it is read.'),
    clusterPeriod: positiveDuration.prefault('5m').describe('How often the Kubernetes API is read while following.'),
    settling: duration
      .prefault('30s')
      .describe('How long after its end a window is read, so that late scrapes are in.'),
    lookback: positiveDuration
      .prefault('15m')
      .describe(
        "How far before a window a counter's last sample is looked for: above the longest scrape gap to be bridged.",
      ),
    retainIdle: positiveDuration.prefault('10m').describe('How long Linkerd proxies keep an idle series.'),
    firstScan: positiveDuration
      .prefault('1h')
      .describe('How far back the first scan of a cluster reads traffic, up to catchUp.'),
    catchUp: positiveDuration
      .prefault('6h')
      .describe('How far back windows that were missed are still read; no more than Prometheus keeps.'),
  })
  .prefault({});

export type ScanConfiguration = z.infer<typeof scan>;
