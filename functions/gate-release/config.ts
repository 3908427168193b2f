import { z } from 'zod';

/** gate-release needs nothing of its environment until the gate exists. */
export const environment = z.object({});

export const readConfig = () => environment.parse(process.env);
