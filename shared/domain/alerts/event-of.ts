import type { Alert } from './alert.ts';
import { changeWord } from './words.ts';

/** An entry of PutEvents: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
export type AlertEvent = {
  readonly source: 'meshgraph';
  /** `Finding Opened`, `Finding Resolved`... */
  readonly detailType: string;
  /** The alert as JSON: docs/schemas/alert.v1.json. */
  readonly detail: string;
  /** Epoch milliseconds. */
  readonly time: number;
};

export const eventOf = (alert: Alert): AlertEvent => ({
  source: 'meshgraph',
  detailType: `Finding ${changeWord(alert.change)}`,
  detail: JSON.stringify(alert),
  time: alert.at,
});
