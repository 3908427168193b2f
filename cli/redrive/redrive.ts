import type { DeadLetterQueues, DeadLetters } from '../../shared/adapters/aws-sqs-dead-letters.ts';
import { NotFoundError } from '../../shared/domain/errors.ts';

/** What was in a dead-letter queue, and how much of it was sent back. */
export type Redriven = Pick<DeadLetters, 'name' | 'messages' | 'oldest'> & { readonly moved: number };

export type Redrive = {
  readonly stack: string;
  /** Only this one: `observations`. */
  readonly queue: string | undefined;
  /** Only look. */
  readonly list: boolean;
};

/**
 * Sends dead letters back to where they came from, one queue after another. Throws NotFoundError where the stack has no
 * such queue. What is sent back twice changes nothing: every function takes a message as often as it comes.
 */
export async function redrive(
  queues: DeadLetterQueues,
  { stack, queue, list }: Redrive,
  onProgress: (text: string) => void,
): Promise<Redriven[]> {
  const found = await queues.list();
  const chosen = found.filter(({ name }) => queue === undefined || name === queue);
  if (chosen.length === 0) {
    const names = found.map(({ name }) => name).join(', ');
    throw new NotFoundError(
      found.length === 0
        ? `no dead-letter queue of a stack "${stack}" here: check --stack, the region and the account`
        : `stack ${stack} has no dead-letter queue "${queue}": it has ${names}`,
    );
  }
  const redriven: Redriven[] = [];
  for (const letters of chosen) {
    const { name, messages, oldest } = letters;
    const told = (count: number) => onProgress(`${name}: ${count} of ${messages} sent back`);
    redriven.push({ name, messages, oldest, moved: list ? 0 : await queues.moveBack(letters, told) });
  }
  return redriven;
}
