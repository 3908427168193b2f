import { z } from 'zod';
import { readEnvironment } from '../../shared/domain/environment.ts';

/** What send-alerts is told by its environment. Security Hub is that of the topic's account and region. */
export const environment = z.object({
  GRAPH_SECRET_ARN: z.string().min(1),
  ALERTS_TOPIC_ARN: z.string().startsWith('arn:'),
  EVENT_BUS_NAME: z.string().min(1),
});

export const readConfig = () => readEnvironment(environment, process.env);
