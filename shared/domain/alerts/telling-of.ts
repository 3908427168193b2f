import type { Telling } from '../../checks/finding.ts';
import type { AlertsConfiguration } from '../configuration/alerts.ts';

/** How what happens to findings is told, as the configuration says it. Who wants each change at once waits for none. */
export const tellingOf = ({ firstRun, learning, flapping }: AlertsConfiguration): Telling => ({
  flapping,
  learning: firstRun === 'each' ? 0 : learning,
});
