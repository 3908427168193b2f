import {
  ContractError,
  ForbiddenError,
  InvalidInputError,
  MeshgraphError,
  NotFoundError,
  UnavailableError,
} from '../domain/errors.ts';
import { codeOf, isHttpAnswer, isSilence, isTlsMismatch, wordsOf } from './driver-errors.ts';

/** The driver's error as one of ours: what was expected, what came, what to do. `uri` names the server in the words. */
export function explainDriverError(error: unknown, uri: string): MeshgraphError {
  if (error instanceof MeshgraphError) return error;
  const cause = { cause: error };
  if (isHttpAnswer(error)) {
    const words = `${uri} speaks HTTP, not Bolt: this is Neo4j's browser port. Use its Bolt port (7687 unless changed).`;
    return new InvalidInputError(words, cause);
  }
  if (isTlsMismatch(error)) {
    const plain = uri.replace(/\+s(sc)?:/, ':');
    const words = `${uri} asks for TLS, and what listens there answers without. Use ${plain}, or enable TLS on the server.`;
    return new InvalidInputError(words, cause);
  }
  if (isSilence(error)) {
    const words = `what listens at ${uri} takes connections but does not answer in Bolt. Is this Neo4j's Bolt port (7687 unless changed)?`;
    return new UnavailableError(words, cause);
  }
  const code = codeOf(error);
  const says = error instanceof Error ? error.message : String(error);
  const known = BY_CODE[code];
  if (known) return new known.kind(known.words(uri, says, error), cause);
  for (const [prefix, kind] of BY_PREFIX) {
    if (code.startsWith(prefix)) return new kind(`Neo4j at ${uri} says: ${says}`, cause);
  }
  return new ContractError(`Neo4j at ${uri} failed in a way meshgraph does not know: ${says} (${code})`, cause);
}

type Kind = new (message: string, options: { cause: unknown }) => MeshgraphError;
type Known = { readonly kind: Kind; readonly words: (uri: string, says: string, error: unknown) => string };

const unreachable: Known = {
  kind: UnavailableError,
  words: (uri, _says, error) => `no answer from Neo4j at ${uri} (${reason(error)}). ${advice(uri, wordsOf(error))}`,
};

const readOnly: Known = {
  kind: ForbiddenError,
  words: (uri) =>
    `Neo4j at ${uri} takes no writes: the database is read-only, or this is a replica or a follower. ` +
    'Use a neo4j:// URI, which finds the leader, or make the database writable.',
};

const tookTooLong: Known = {
  kind: UnavailableError,
  words: (uri) => `Neo4j at ${uri} ended the statement: it took longer than it may.`,
};

const BY_CODE: Readonly<Record<string, Known>> = {
  ServiceUnavailable: unreachable,
  SessionExpired: unreachable,
  'Neo.ClientError.Security.Unauthorized': {
    kind: ForbiddenError,
    words: (uri) =>
      `Neo4j at ${uri} does not accept this user name and password. ` +
      'Check NEO4J_USERNAME and NEO4J_PASSWORD (for the local graph: its credentials file).',
  },
  'Neo.ClientError.Security.AuthenticationRateLimit': {
    kind: ForbiddenError,
    words: (uri) =>
      `Neo4j at ${uri} refuses this user for some seconds after too many wrong passwords. ` +
      'Correct NEO4J_PASSWORD, wait, and try again.',
  },
  'Neo.ClientError.Security.CredentialsExpired': {
    kind: ForbiddenError,
    words: (uri) =>
      `Neo4j at ${uri} wants its initial password changed first: ALTER CURRENT USER SET PASSWORD FROM 'old' TO 'new'.`,
  },
  'Neo.ClientError.Database.DatabaseNotFound': {
    kind: NotFoundError,
    words: (uri, says) => `Neo4j at ${uri} has no such database: ${says}`,
  },
  'Neo.ClientError.General.ForbiddenOnReadOnlyDatabase': readOnly,
  'Neo.ClientError.General.WriteOnReadOnlyAccessDatabase': readOnly,
  'Neo.ClientError.Cluster.NotALeader': readOnly,
  'Neo.ClientError.Statement.AccessMode': {
    kind: ForbiddenError,
    words: () => 'this statement writes, and only reading is allowed here.',
  },
  'Neo.ClientError.Transaction.TransactionTimedOut': tookTooLong,
  'Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration': tookTooLong,
};

const BY_PREFIX: readonly (readonly [prefix: string, kind: Kind])[] = [
  ['Neo.TransientError.', UnavailableError],
  ['Neo.ClientError.Security.', ForbiddenError],
  ['Neo.ClientError.Statement.', InvalidInputError],
  ['Neo.ClientError.Schema.', InvalidInputError],
];

/** The word of the operating system or of TLS if one is in it, else what the innermost cause says. */
function reason(error: unknown): string {
  const words = wordsOf(error);
  const code = /\bE(CONNREFUSED|NOTFOUND|TIMEDOUT|CONNRESET|HOSTUNREACH|NETUNREACH|AI_AGAIN)\b/.exec(words)?.[0];
  return code ?? /Socket responded with: (\w+)/.exec(words)?.[1] ?? words.split('; ').at(-1) ?? words;
}

function advice(uri: string, words: string): string {
  if (/ENOTFOUND|EAI_AGAIN/.test(words)) return 'Check the host name in NEO4J_URI.';
  if (/certificate/i.test(words)) {
    return 'Its certificate is not trusted: set NODE_EXTRA_CA_CERTS to its CA, or use bolt+ssc:// or neo4j+ssc:// to trust any.';
  }
  if (/^(bolt|neo4j):/.test(uri) && /ECONNRESET|closed by server/.test(words)) {
    return 'Is it up? If it asks for TLS, as Aura does, use neo4j+s:// or bolt+s://.';
  }
  if (/\/\/(127\.|localhost|\[::1\])/.test(uri)) {
    return 'Is it up, and is this its Bolt port? The local graph starts with: meshgraph graph start';
  }
  return 'Is it up, is this its Bolt port, and may this machine reach it?';
}
