import { InvalidInputError } from '../../shared/domain/errors.ts';
import { formatInstant } from '../../shared/domain/instant.ts';
import type { Window } from '../../shared/domain/window.ts';
import type { TrafficLabels } from '../../shared/linkerd/traffic/labels.ts';

/** Prometheus answers and knows no proxy: another one was meant, its labels are others, or it was not there yet. */
export const noSamples = ({ selector }: TrafficLabels, { from, to }: Window): InvalidInputError =>
  new InvalidInputError(
    `Prometheus has no samples of Linkerd's proxies (up{${selector}}) from ${formatInstant(from)} to ${formatInstant(to)}: ` +
      'is it the one that scrapes them, does prometheus.labels.selector say how it labels them, and did they run then?',
  );
