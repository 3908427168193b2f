import { z } from 'zod';

/** What send-alerts is told by its environment. */
export const environment = z.object({
  GRAPH_SECRET_ARN: z.string().min(1),
  ALERTS_TOPIC_ARN: z.string().regex(/^arn:/),
  EVENT_BUS_NAME: z.string().min(1),
});

export const readConfig = () => environment.parse(process.env);
