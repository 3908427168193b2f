import { InvalidInputError, type MeshgraphError } from '../errors.ts';
import type { Alert } from './alert.ts';

/** The other side will not take this one message, whatever we do; it may take the next. */
export class RefusedMessageError extends InvalidInputError {
  override readonly name: string = 'RefusedMessageError';
}

/** An alert that has to be told; `first` = it is of the first evaluation that could judge its check. */
export type WaitingAlert = { readonly alert: Alert; readonly first: boolean };

/** What happened to an alert that was sent together with others that went through. */
export type Failure = { readonly alert: Alert; readonly error: MeshgraphError };

/**
 * One thing to send, and the alerts it tells. `send` answers those that were not taken. It rejects when nothing was taken:
 * UnavailableError where trying again may help, RefusedMessageError where the message is at fault, else the way out is.
 */
export type Delivery = { readonly alerts: readonly Alert[]; readonly send: () => Promise<readonly Failure[]> };

/** A way out: what it makes of the alerts that wait, in order, and the least time between two deliveries. */
export type Channel = {
  readonly paceMs: number;
  readonly plan: (waiting: readonly WaitingAlert[]) => readonly Delivery[];
};
