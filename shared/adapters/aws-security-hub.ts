import { RefusedMessageError } from '../domain/alerts/channel.ts';
import type { SecurityAccount, SecurityFinding } from '../domain/alerts/security-finding.ts';
import { awsError } from '../domain/aws-error.ts';
import { ContractError, ForbiddenError, type MeshgraphError, UnavailableError } from '../domain/errors.ts';
import type { AwsIdentity } from './aws-credentials.ts';
import { awsDomain, signerFor } from './aws-signature.ts';

/** Why findings were not taken, by `Id`; none where all were. */
export type ImportFindings = (findings: readonly SecurityFinding[]) => Promise<ReadonlyMap<string, MeshgraphError>>;

/** BatchImportFindings takes no more at once. */
export const FINDINGS_AT_ONCE = 100;

const TIMEOUT_MS = 10_000;

type Answer = {
  readonly FailedFindings?: readonly {
    readonly Id: string;
    readonly ErrorCode: string;
    readonly ErrorMessage: string;
  }[];
  readonly Message?: string;
  readonly message?: string;
};

/**
 * Imports findings into the Security Hub of an account's region. BatchImportFindings may take some and leave others. The
 * one request is signed by hand: the SDK's client describes every kind of resource in AWS, an eighth of the function.
 */
export function securityHub(
  { region, account }: Pick<SecurityAccount, 'region' | 'account'>,
  identity: AwsIdentity,
  endpoint = `https://securityhub.${region}.${awsDomain(region)}`,
): ImportFindings {
  const signer = signerFor('securityhub', identity);
  return async (findings) => {
    const url = new URL('/findings/import', endpoint);
    const body = JSON.stringify({ Findings: findings });
    const { host, hostname, pathname: path, protocol } = url;
    const headers = { host, 'content-type': 'application/json' };
    const signed = await signer.sign({ method: 'POST', protocol, hostname, path, headers, body });
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: 'POST', headers: signed.headers, body, signal }).catch((error) => {
      throw explain(error, account, region);
    });
    const answer = parseAnswer(await response.text());
    if (!response.ok) throw explain(faultOf(response, answer), account, region);
    if (answer === undefined) throw new ContractError('expected JSON from Security Hub, got something else');
    return new Map((answer.FailedFindings ?? []).map((failed) => [failed.Id, failureOf(failed)]));
  };
}

function parseAnswer(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}

/** As the SDK would throw it: AWS names an error in a header, with a namespace behind a colon. */
function faultOf({ status, headers }: Response, answer: Answer | undefined): Error {
  const name = headers.get('x-amzn-errortype')?.split(':')[0] ?? 'unnamed';
  const message = answer?.Message ?? answer?.message ?? 'no reason given';
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

function explain(error: Error, account: string, region: string): MeshgraphError {
  if (error.name === 'InvalidAccessException') {
    return new ForbiddenError(
      `Security Hub is not switched on for account ${account} in ${region}: enable it, or take the route out of alerts.routes`,
      { cause: error },
    );
  }
  if (error.name === 'InvalidInputException') {
    return new RefusedMessageError(`Security Hub does not take these findings: ${error.message}`, { cause: error });
  }
  return awsError(error, {
    doing: `importing findings into Security Hub of ${account} in ${region}`,
    action: 'securityhub:BatchImportFindings',
  });
}

function failureOf({ ErrorCode, ErrorMessage }: { ErrorCode: string; ErrorMessage: string }): MeshgraphError {
  const told = `Security Hub did not take a finding (${ErrorCode}: ${ErrorMessage})`;
  return /^Invalid/.test(ErrorCode) ? new RefusedMessageError(told) : new UnavailableError(told);
}
