import { z } from 'zod';
import { readEnvironment } from '../../shared/domain/environment.ts';

/** gate-release needs nothing of its environment until the gate exists. */
export const environment = z.object({});

export const readConfig = () => readEnvironment(environment, process.env);
