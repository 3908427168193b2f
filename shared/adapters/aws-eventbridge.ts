import { EventBridgeClient, PutEventsCommand, type PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import { RefusedMessageError } from '../domain/alerts/channel.ts';
import type { AlertEvent } from '../domain/alerts/event-of.ts';
import { AWS_CLIENT } from '../domain/aws-client.ts';
import { awsError } from '../domain/aws-error.ts';
import { ForbiddenError, type MeshgraphError, UnavailableError } from '../domain/errors.ts';

/** Why each event was not taken, in their order; undefined where it was. */
export type PutEvents = (events: readonly AlertEvent[]) => Promise<readonly (MeshgraphError | undefined)[]>;

/** PutEvents takes no more at once. */
export const EVENTS_AT_ONCE = 10;

/** Puts events on a bus by its name. PutEvents may take some and leave others. */
export function eventBus(busName: string, client: EventBridgeClient = new EventBridgeClient(AWS_CLIENT)): PutEvents {
  return async (events) => {
    const Entries = events.map(({ source, detailType, detail, time }) => ({
      EventBusName: busName,
      Source: source,
      DetailType: detailType,
      Detail: detail,
      Time: new Date(time),
    }));
    const answer = await client.send(new PutEventsCommand({ Entries })).catch((error) => {
      throw awsError(error, { doing: `putting events on bus ${busName}`, action: 'events:PutEvents' });
    });
    return events.map((_, index) => failureOf(answer.Entries?.[index]));
  };
}

/** An entry without an id was not taken, whatever else it says. Codes: API_PutEventsResultEntry. */
function failureOf(entry: PutEventsResultEntry | undefined): MeshgraphError | undefined {
  const { EventId, ErrorCode = 'no answer for it', ErrorMessage = '' } = entry ?? {};
  if (EventId !== undefined) return undefined;
  const told = `EventBridge did not take an event (${ErrorCode}${ErrorMessage && `: ${ErrorMessage}`})`;
  if (/AccessDenied|NotAuthorized/.test(ErrorCode)) {
    return new ForbiddenError(`${told}: the caller needs events:PutEvents on the bus`);
  }
  return /Malformed|Invalid/.test(ErrorCode) ? new RefusedMessageError(told) : new UnavailableError(told);
}
