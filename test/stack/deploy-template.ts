import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { s3Client } from './aws-clients.ts';
import { ACCOUNT, REGION } from './emulator.ts';
import { type AwsAccess, signedRequest } from './signed-request.ts';

/** What CloudFormation made of a template: physical ids by logical id, and the outputs. */
export type DeployedStack = {
  readonly resources: readonly { readonly logicalId: string; readonly id: string; readonly type: string }[];
  readonly outputs: Readonly<Record<string, string>>;
};

type AssetManifest = {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string };
        readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>;
      }
    >
  >;
};

/**
 * Deploys a synthesised stack as `cdk deploy` does: assets into the bucket of the bootstrap, then the template as it
 * lies in the cloud assembly. Rejects with CloudFormation's own reasons when the stack does not come up.
 */
export async function deployTemplate(aws: AwsAccess, assembly: string, stackName: string): Promise<DeployedStack> {
  await signedRequest(aws, json('ssm', 'AmazonSSM.PutParameter', BOOTSTRAP_VERSION));
  const template = await uploadAssets(aws, assembly, stackName);
  const created = await cloudFormation(aws, 'CreateStack', {
    StackName: stackName,
    TemplateURL: template,
    'Capabilities.member.1': 'CAPABILITY_IAM',
    'Capabilities.member.2': 'CAPABILITY_NAMED_IAM',
  });
  if (!created.includes('<StackId>'))
    throw new Error(`CloudFormation refused the template: ${all(created, 'Message')}`);
  const described = await settled(aws, stackName);
  return { resources: await resourcesOf(aws, stackName), outputs: outputsOf(described) };
}

/** The latest bootstrap's version: templates demand a minimum of it. */
const BOOTSTRAP_VERSION = { Name: '/cdk-bootstrap/hnb659fds/version', Value: '31', Type: 'String', Overwrite: true };

const json = (service: string, target: string, body: object) => ({
  service,
  method: 'POST',
  path: '/',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
  body: JSON.stringify(body),
});

/** Where the template went: it is one of its own assets, being too large to be sent along. */
async function uploadAssets(aws: AwsAccess, assembly: string, stackName: string): Promise<string> {
  let template = '';
  const s3 = s3Client(aws);
  const manifest = JSON.parse(await readFile(join(assembly, `${stackName}.assets.json`), 'utf8')) as AssetManifest;
  for (const { source, destinations } of Object.values(manifest.files)) {
    const body = await packed(join(assembly, source.path));
    for (const { bucketName, objectKey } of Object.values(destinations)) {
      const bucket = bucketName.replace(/\$\{AWS::AccountId\}/, ACCOUNT).replace(/\$\{AWS::Region\}/, REGION);
      await s3.send(new CreateBucketCommand({ Bucket: bucket })).catch(unlessItIsThere);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: objectKey, Body: body }));
      if (source.path === `${stackName}.template.json`) template = `${aws.endpoint}/${bucket}/${objectKey}`;
    }
  }
  s3.destroy();
  return template;
}

const unlessItIsThere = (error: Error): void => {
  if (!/BucketAlready/.test(error.name)) throw error;
};

/** A file as it is, a folder zipped. */
async function packed(path: string): Promise<Buffer> {
  if (!(await stat(path)).isDirectory()) return readFile(path);
  const work = await mkdtemp(join(tmpdir(), 'meshgraph-asset-'));
  try {
    const archive = join(work, 'asset.zip');
    execFileSync('python3', ['-m', 'zipfile', '-c', archive, '.'], { cwd: path });
    return await readFile(archive);
  } finally {
    await rm(work, { recursive: true });
  }
}

async function cloudFormation(aws: AwsAccess, action: string, parameters: Record<string, string>): Promise<string> {
  const body = new URLSearchParams({ Action: action, Version: '2010-05-15', ...parameters }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return (await signedRequest(aws, { service: 'cloudformation', method: 'POST', path: '/', headers, body })).text;
}

async function settled(aws: AwsAccess, stackName: string): Promise<string> {
  for (;;) {
    const described = await cloudFormation(aws, 'DescribeStacks', { StackName: stackName });
    const [status] = all(described, 'StackStatus');
    if (status === 'CREATE_COMPLETE') return described;
    if (status === undefined || !status.endsWith('_IN_PROGRESS')) {
      const events = await cloudFormation(aws, 'DescribeStackEvents', { StackName: stackName });
      throw new Error(
        `stack ${stackName} is ${status}: ${all(events, 'ResourceStatusReason').filter(Boolean).join('; ')}`,
      );
    }
    await sleep(100);
  }
}

const FIELDS = ['LogicalResourceId', 'PhysicalResourceId', 'ResourceType'];

async function resourcesOf(aws: AwsAccess, stackName: string): Promise<DeployedStack['resources']> {
  const resources: DeployedStack['resources'][number][] = [];
  for (let token: string | undefined = ''; token !== undefined; ) {
    const next: Record<string, string> = token === '' ? {} : { NextToken: token };
    const page = await cloudFormation(aws, 'ListStackResources', { StackName: stackName, ...next });
    for (const [, member = ''] of page.matchAll(/<member>(.*?)<\/member>/gs)) {
      const [logicalId = '', id = '', type = ''] = FIELDS.map((field) => all(member, field)[0]);
      resources.push({ logicalId, id, type });
    }
    [token] = all(page, 'NextToken');
  }
  return resources;
}

function outputsOf(described: string): Record<string, string> {
  const keys = all(described, 'OutputKey');
  const values = all(described, 'OutputValue');
  return Object.fromEntries(keys.map((key, i) => [key, values[i]!]));
}

const all = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text]) => unescaped(text!));

const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|#39|amp);/g, (_, name: string) => ENTITIES[name]!);

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", amp: '&' };
