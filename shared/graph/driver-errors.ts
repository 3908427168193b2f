/**
 * The transaction met the server's or its own memory limit (Neo4j status codes, 5.26): the same work in smaller batches
 * may pass, the same work again will not. True for the driver's error and for ours that has it as its cause.
 */
export function isOutOfMemory(error: unknown): boolean {
  return chain(error).some((link) => /^Neo\.TransientError\..*OutOfMemory(Error)?$/.test(codeOf(link)));
}

/** The server ended the statement because of a time-out, its own or one that came with the statement. */
export const isOverTime = (error: unknown): boolean =>
  chain(error).some((link) => codeOf(link).startsWith('Neo.ClientError.Transaction.TransactionTimedOut'));

/**
 * Trying the same work again may pass: transient errors of the server (deadlocks are), connections that ended, a leader
 * that moved, and a node that someone else deleted between our finding it and our writing to it.
 */
export function isRetryable(error: unknown): boolean {
  if (isOutOfMemory(error) || isTlsMismatch(error)) return false;
  const code = codeOf(error);
  return code.startsWith('Neo.TransientError.') || RETRYABLE.has(code);
}

const RETRYABLE: ReadonlySet<string> = new Set([
  'ServiceUnavailable',
  'SessionExpired',
  'Neo.ClientError.Cluster.NotALeader',
  'Neo.ClientError.Security.AuthorizationExpired',
  'Neo.ClientError.Statement.EntityNotFound',
]);

/** The code Neo4j or the driver gave an error; empty where there is none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What an error and its causes say, outermost first: with neo4j:// only a cause tells why there is no connection. */
export const wordsOf = (error: unknown): string =>
  chain(error)
    .map((link) => link.message)
    .join('; ');

export const isHttpAnswer = (error: unknown): boolean => /Server responded HTTP/.test(wordsOf(error));

/** Something took the connection and never spoke Bolt. */
export const isSilence = (error: unknown): boolean => /Connection acquisition timed out/.test(wordsOf(error));

/** We spoke TLS and the other side did not. */
export const isTlsMismatch = (error: unknown): boolean =>
  /secure TLS connection was established|wrong version number|packet length too long/i.test(wordsOf(error));

function chain(error: unknown): Error[] {
  const links: Error[] = [];
  for (let link = error; link instanceof Error; link = link.cause) links.push(link);
  return links;
}
