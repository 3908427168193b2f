import { parseDuration } from '../../domain/duration.ts';
import type { CheckParameter } from '../check.ts';

/** For how long everybody must have had the time to be seen before what is seen for the first time counts as new. */
export const learning: CheckParameter = {
  name: 'learning',
  meaning: 'how long the mesh must have been watched before a first call counts as new',
  defaultMs: parseDuration('7d'),
};
