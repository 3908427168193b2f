import { z } from 'zod';

/** What compact-graph is told by its environment. */
export const environment = z.object({ GRAPH_SECRET_ARN: z.string().min(1) });

export const readConfig = () => environment.parse(process.env);
