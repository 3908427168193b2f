/** A request as the API reads it, whatever gateway brought it. Names of headers are in lower case. */
export type ApiRequest = {
  readonly method: string;
  readonly path: string;
  /** The query as it was sent, without `?`. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string | undefined;
  /** Who the gateway's authoriser says is asking; undefined when it authenticated nobody. */
  readonly caller: string | undefined;
};

export type ApiResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * Longest answer given inline, in bytes as a function carries it: as a JSON text, every quote escaped. A Lambda may answer
 * 6,291,556, with its headers. What is longer is fetched from S3.
 */
export const LONGEST_ANSWER = 6_000_000;

/** Longest body of a request, counted the same way, where its operation takes no longer one. */
export const LONGEST_BODY = 256_000;

/** Longest body that brings manifests: a Lambda takes 6,291,456 with all else of its event, the gateway 10 MB. */
export const LONGEST_MANIFESTS = 6_000_000;

/** A text in bytes as a function is handed it and hands it on: within JSON, every quote escaped. */
export const carriedBytes = (text: string): number => new TextEncoder().encode(JSON.stringify(text)).length;
