import { z } from 'zod';
import { readEnvironment } from '../../shared/domain/environment.ts';

/** What read-certificates is told by its environment: nothing yet. */
export const environment = z.object({});

export const readConfig = () => readEnvironment(environment, process.env);
