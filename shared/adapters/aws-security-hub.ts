import { BatchImportFindingsCommand, type ImportFindingsError, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { RefusedMessageError } from '../domain/alerts/channel.ts';
import type { SecurityAccount, SecurityFinding } from '../domain/alerts/security-finding.ts';
import { awsError } from '../domain/aws-error.ts';
import { ForbiddenError, type MeshgraphError, UnavailableError } from '../domain/errors.ts';

/** Why findings were not taken, by `Id`; none where all were. */
export type ImportFindings = (findings: readonly SecurityFinding[]) => Promise<ReadonlyMap<string, MeshgraphError>>;

/** BatchImportFindings takes no more at once. */
export const FINDINGS_AT_ONCE = 100;

/** Imports findings into the Security Hub of an account's region. BatchImportFindings may take some and leave others. */
export function securityHub(
  { region, account }: SecurityAccount,
  client: SecurityHubClient = new SecurityHubClient({ region }),
): ImportFindings {
  return async (findings) => {
    const command = new BatchImportFindingsCommand({ Findings: [...findings] });
    const { FailedFindings = [] } = await client.send(command).catch((error: Error) => {
      throw explain(error, account, region);
    });
    return new Map(FailedFindings.map((failed) => [failed.Id ?? '', failureOf(failed)]));
  };
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

function failureOf({ ErrorCode = '', ErrorMessage = '' }: ImportFindingsError): MeshgraphError {
  const told = `Security Hub did not take a finding (${ErrorCode}: ${ErrorMessage})`;
  return /^Invalid/.test(ErrorCode) ? new RefusedMessageError(told) : new UnavailableError(told);
}
