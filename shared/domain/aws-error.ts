import {
  ContractError,
  ForbiddenError,
  InvalidInputError,
  MeshgraphError,
  NotFoundError,
  UnavailableError,
} from './errors.ts';

/** What was tried, for the message. */
export type AwsCall = {
  /** A gerund with its object: `reading s3://bucket/key`. */
  readonly doing: string;
  /** The IAM action it takes: `s3:GetObject`. */
  readonly action: string;
  /** What to do when the thing is not there. */
  readonly whenMissing?: string;
};

type SdkError = {
  readonly name?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
};

/**
 * An error of the AWS SDK (v3) in our words, with the SDK's as its cause. Names are those of AWS's "Common errors" page
 * and of the services' own; where a name says nothing the HTTP status does, and no status means that no answer came. What
 * already is in our words (credentials that could not be had, thrown through a client) stays as it is.
 */
export function awsError(error: unknown, call: AwsCall): MeshgraphError {
  if (error instanceof MeshgraphError) return error;
  const { name = '', message = String(error), $metadata, $response } = error as SdkError;
  const status = $metadata?.httpStatusCode;
  const told = `${call.doing} failed (${name || 'no name'}: ${message})`;
  const options = { cause: error, ...retryAfter($response) };
  const rule = RULES.find(
    ({ names, statuses }) => names.test(name) || (status !== undefined && statuses.test(`${status}`)),
  );
  if (message === NO_REGION) return new InvalidInputError(`${told}: name it with AWS_REGION, or aws.region`, options);
  if (rule !== undefined) return new rule.kind(`${told}: ${rule.advice(call)}`, options);
  if (status === undefined)
    return new UnavailableError(
      `${told}: no answer from AWS: is the region right, and AWS reachable from here (in a VPC by an endpoint or a NAT gateway)?`,
      options,
    );
  return new ContractError(`${told}: AWS refused the request (${status})`, options);
}

type Rule = {
  readonly names: RegExp;
  readonly statuses: RegExp;
  readonly kind: new (message: string, options: ErrorOptions & { retryAfterSeconds?: number }) => MeshgraphError;
  readonly advice: (call: AwsCall) => string;
};

const NEVER = /^$/;

/** The SDK's whole message, of an error without a name. */
const NO_REGION = 'Region is missing';

/** The first that matches counts: SQS and S3 send some of the names above a status that means something else. */
const RULES: readonly Rule[] = [
  {
    names:
      /^(ExpiredToken(Exception)?|RequestExpired|TokenRefreshRequired|TokenProviderError|SSOTokenProviderFailure)$/,
    statuses: NEVER,
    kind: ForbiddenError,
    advice: () => 'the AWS credentials have expired, log in again',
  },
  {
    names:
      /^(CredentialsProviderError|InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|SignatureDoesNotMatch)$/,
    statuses: NEVER,
    kind: ForbiddenError,
    advice: () => 'AWS does not know the credentials, or there are none: check profile and role',
  },
  {
    names: /^(PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException)$/,
    statuses: /^301$/,
    kind: InvalidInputError,
    advice: () => 'it is in another region, check the region',
  },
  {
    names:
      /Throttl|TooManyRequests|SlowDown|RequestLimitExceeded|LimitExceeded|ServiceUnavailable|Internal(Error|Failure|ServiceError)|ConditionalRequestConflict/,
    statuses: NEVER,
    kind: UnavailableError,
    advice: () => 'try again later',
  },
  {
    names: /^(NoSuch\w+|NotFound(Exception)?|ResourceNotFound(Exception)?|QueueDoesNotExist)$/,
    statuses: /^404$/,
    kind: NotFoundError,
    advice: ({ whenMissing }) => whenMissing ?? 'it does not exist, check name and region',
  },
  {
    names: /AccessDenied|^(Forbidden|AuthorizationError|UnauthorizedOperation|NotAuthorized)$/,
    statuses: /^40[13]$/,
    kind: ForbiddenError,
    advice: ({ action }) => `the caller needs ${action} there, and the use of its KMS key`,
  },
  { names: NEVER, statuses: /^(429|5\d\d)$/, kind: UnavailableError, advice: () => 'try again later' },
];

function retryAfter(response: SdkError['$response']): { retryAfterSeconds?: number } {
  const seconds = Number(response?.headers?.['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {};
}
