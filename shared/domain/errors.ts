/**
 * The few errors of meshgraph, one cause each. Messages say what was expected, what came and what to do;
 * `cause` is always kept. The CLI maps all of them to exit code 2, HTTP maps `status`.
 */
export abstract class MeshgraphError extends Error {
  abstract readonly status: number;
  /** Spelled out by each class: bundles rename classes, and logs are read by these names. */
  abstract override readonly name: string;
}

/** What the user gave (flag, file, configuration, bundle, query) is wrong; trying again changes nothing. */
export class InvalidInputError extends MeshgraphError {
  override readonly name: string = 'InvalidInputError';
  readonly status = 400;
}

/** The named thing does not exist. */
export class NotFoundError extends MeshgraphError {
  override readonly name: string = 'NotFoundError';
  readonly status = 404;
}

/** An outside system refused us: credentials, RBAC or Linkerd policy. Trying again changes nothing. */
export class ForbiddenError extends MeshgraphError {
  override readonly name: string = 'ForbiddenError';
  readonly status = 403;
}

/** An outside system cannot answer now; the same call may work later. `retryAfterSeconds` is the server's own word. */
export class UnavailableError extends MeshgraphError {
  override readonly name: string = 'UnavailableError';
  readonly status = 503;
  readonly retryAfterSeconds: number | undefined;
  constructor(message: string, options?: ErrorOptions & { retryAfterSeconds?: number }) {
    super(message, options);
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}

/** An outside system answered something its own contract does not allow (HTML for JSON, half an answer). */
export class ContractError extends MeshgraphError {
  override readonly name: string = 'ContractError';
  readonly status = 502;
}
