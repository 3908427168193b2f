import { type AwsAccess, type AwsCredentials, signedRequest } from './signed-request.ts';

/** A role that a service may assume; nothing else is allowed to it. */
export async function createRole(aws: AwsAccess, name: string, service: string): Promise<void> {
  const Statement = [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }];
  const policy = { Version: '2012-10-17', Statement };
  await iam(aws, 'CreateRole', { RoleName: name, AssumeRolePolicyDocument: JSON.stringify(policy) });
}

/** A person with access keys who may do the actions, and with none nothing at all. */
export async function createUser(aws: AwsAccess, name: string, actions: readonly string[]): Promise<AwsCredentials> {
  await iam(aws, 'CreateUser', { UserName: name });
  if (actions.length > 0) {
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
    const PolicyDocument = JSON.stringify(policy);
    await iam(aws, 'PutUserPolicy', { UserName: name, PolicyName: 'own', PolicyDocument });
  }
  const key = await iam(aws, 'CreateAccessKey', { UserName: name });
  const [, accessKeyId = ''] = /<AccessKeyId>([^<]+)</.exec(key) ?? [];
  const [, secretAccessKey = ''] = /<SecretAccessKey>([^<]+)</.exec(key) ?? [];
  return { accessKeyId, secretAccessKey };
}

async function iam(aws: AwsAccess, action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams({ Action: action, Version: '2010-05-08', ...parameters }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { status, text } = await signedRequest(aws, { service: 'iam', method: 'POST', path: '/', headers, body });
  if (status !== 200) throw new Error(`${action} failed: ${text}`);
  return text;
}
