import { z } from 'zod';
import { readEnvironment } from '../../shared/domain/environment.ts';

/** What compact-graph is told by its environment. */
export const environment = z.object({ GRAPH_SECRET_ARN: z.string().min(1) });

export const readConfig = () => readEnvironment(environment, process.env);
