import {
  ContractError,
  ForbiddenError,
  InvalidInputError,
  MeshgraphError,
  NotFoundError,
  UnavailableError,
} from '../domain/errors.ts';

/**
 * The transaction met the server's or its own memory limit (Neo4j status codes, 5.26): the same work in smaller batches
 * may pass, the same work again will not. True for the driver's error and for ours that has it as its cause.
 */
export function isOutOfMemory(error: unknown): boolean {
  if (/\.(MemoryPool|Transaction)?OutOfMemoryError$|\.OutOfMemory$/.test(codeOf(error))) return true;
  return error instanceof MeshgraphError && error.cause !== undefined && isOutOfMemory(error.cause);
}

/**
 * Trying the same work again may pass: transient errors of the server (deadlocks are), connections that ended, a leader
 * that moved, and a node that someone else deleted between our finding it and our writing to it.
 */
export function isRetryable(error: unknown): boolean {
  if (isOutOfMemory(error) || isHttpAnswer(error) || isTlsMismatch(error)) return false;
  const code = codeOf(error);
  return (
    code.startsWith('Neo.TransientError.') ||
    ['ServiceUnavailable', 'SessionExpired', 'Neo.ClientError.Statement.EntityNotFound'].includes(code) ||
    ['Neo.ClientError.Cluster.NotALeader', 'Neo.ClientError.Security.AuthorizationExpired'].includes(code)
  );
}

/** The driver's error as one of ours: what was expected, what came, what to do. `uri` names the server in the words. */
export function explainDriverError(error: unknown, uri: string): MeshgraphError {
  if (error instanceof MeshgraphError) return error;
  const cause = { cause: error };
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (isHttpAnswer(error)) {
    return new InvalidInputError(
      `${uri} speaks HTTP, not Bolt: this is Neo4j's browser port. Use its Bolt port (7687 unless it was changed).`,
      cause,
    );
  }
  if (isTlsMismatch(error)) {
    return new InvalidInputError(
      `${uri} asks for TLS, and what listens there answers without. Use ${uri.replace(/\+s(sc)?:/, ':')}, or enable TLS for Bolt on the server.`,
      cause,
    );
  }
  const known = BY_CODE[code]?.(uri, message, cause);
  if (known) return known;
  if (code.startsWith('Neo.TransientError.')) return new UnavailableError(`Neo4j at ${uri} says: ${message}`, cause);
  if (code.startsWith('Neo.ClientError.Statement.')) return new InvalidInputError(`Neo4j says: ${message}`, cause);
  if (code.startsWith('Neo.ClientError.Security.'))
    return new ForbiddenError(`Neo4j at ${uri} says: ${message}`, cause);
  return new ContractError(`Neo4j at ${uri} failed in a way meshgraph does not know: ${message} (${code})`, cause);
}

type Explain = (uri: string, message: string, options: { cause: unknown }) => MeshgraphError;

const unavailable: Explain = (uri, message, options) =>
  new UnavailableError(`no answer from Neo4j at ${uri} (${reason(message)}). ${advice(uri, message)}`, options);

const readOnly: Explain = (uri, _message, options) =>
  new ForbiddenError(
    `Neo4j at ${uri} takes no writes: the database is read-only, or this is a read replica or a follower. ` +
      'Use a neo4j:// URI that finds the leader, or make the database writable.',
    options,
  );

const timedOut: Explain = (uri, _message, options) =>
  new UnavailableError(`Neo4j at ${uri} ended the statement: it took longer than it may.`, options);

const BY_CODE: Readonly<Record<string, Explain>> = {
  ServiceUnavailable: unavailable,
  SessionExpired: unavailable,
  'Neo.ClientError.Security.Unauthorized': (uri, _message, options) =>
    new ForbiddenError(
      `Neo4j at ${uri} does not accept this user name and password. ` +
        'Check NEO4J_USERNAME and NEO4J_PASSWORD (for the local graph: its credentials file).',
      options,
    ),
  'Neo.ClientError.Security.AuthenticationRateLimit': (uri, _message, options) =>
    new ForbiddenError(
      `Neo4j at ${uri} refuses this user for some seconds after too many wrong passwords. Correct NEO4J_PASSWORD, wait, and try again.`,
      options,
    ),
  'Neo.ClientError.Security.CredentialsExpired': (uri, _message, options) =>
    new ForbiddenError(
      `Neo4j at ${uri} wants the initial password changed first: ALTER CURRENT USER SET PASSWORD FROM 'old' TO 'new'.`,
      options,
    ),
  'Neo.ClientError.Security.Forbidden': (uri, message, options) =>
    new ForbiddenError(`Neo4j at ${uri} does not allow this user to do that: ${message}`, options),
  'Neo.ClientError.Database.DatabaseNotFound': (uri, message, options) =>
    new NotFoundError(`Neo4j at ${uri} has no such database: ${message}`, options),
  'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase': readOnly,
  'Neo.ClientError.General.WriteOnReadOnlyAccessDatabase': readOnly,
  'Neo.ClientError.Cluster.NotALeader': readOnly,
  'Neo.ClientError.Statement.AccessMode': (_uri, _message, options) =>
    new ForbiddenError('this statement writes, and only reading is allowed here', options),
  'Neo.ClientError.Transaction.TransactionTimedOut': timedOut,
  'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration': timedOut,
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const isHttpAnswer = (error: unknown): boolean => error instanceof Error && /Server responded HTTP/.test(error.message);

const isTlsMismatch = (error: unknown): boolean =>
  error instanceof Error &&
  /secure TLS connection was established|wrong version number|packet length too long/i.test(error.message);

function reason(message: string): string {
  return /\b(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|ECONNRESET|EHOSTUNREACH|EAI_AGAIN)\b/.exec(message)?.[0] ?? message;
}

function advice(uri: string, message: string): string {
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return 'Check the host name in NEO4J_URI.';
  if (/certificate|self.signed/i.test(message)) {
    return 'Its certificate is not trusted: use bolt+ssc:// or neo4j+ssc:// for a self-signed one, or set NODE_EXTRA_CA_CERTS.';
  }
  if (/^(bolt|neo4j):/.test(uri) && /ECONNRESET|closed/.test(message)) {
    return 'Is it up? If it asks for TLS (Aura does), use neo4j+s:// or bolt+s://.';
  }
  return 'Is it up, and is this its Bolt port? The local graph starts with: meshgraph graph start';
}
