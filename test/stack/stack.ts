import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { stringify } from 'yaml';
import { type OwnGraph, ownGraph } from '../neo4j.ts';
import { type RecordedCluster, startRecordedCluster } from '../recorded-cluster/recorded-cluster.ts';
import { s3Client, secretsClient, sqsClient } from './aws-clients.ts';
import { type DeployedStack, deployTemplate } from './deploy-template.ts';
import { callerOf, startEksEndpoint } from './eks-cluster.ts';
import { ACCOUNT, type Emulator, REGION, startEmulator } from './emulator.ts';
import { type FakeSlack, startFakeSlack } from './fake-slack.ts';
import { type Invocation, invoke } from './functions.ts';
import { queueUrl } from './queues.ts';
import { stopSchedule } from './schedules.ts';
import { synthesise } from './synthesise.ts';
import { type Subscriber, subscribe } from './topic-subscriber.ts';

export const STACK = 'meshgraph';
export const QUEUES = [
  'traffic-scans',
  'cluster-scans',
  'certificate-scans',
  'observations.fifo',
  'evaluations.fifo',
  'alerts.fifo',
] as const;

const SCHEDULED = ['plan-scans', 'evaluate-checks', 'compact-graph'] as const;

export type Stack = {
  readonly aws: Emulator;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly deployed: DeployedStack;
  /** Folder of the cloud assembly it was deployed from. */
  readonly assembly: string;
  readonly bucket: string;
  readonly apiUrl: string;
  readonly graph: OwnGraph;
  /** The clusters there are, by when their recording ends. */
  readonly recorded: Readonly<Partial<Record<RecordingEnd, RecordedCluster>>>;
  readonly slack: FakeSlack;
  readonly subscriber: Subscriber;
  /** meshgraph.yaml for the same clusters as a laptop reaches them. */
  readonly laptop: { readonly file: string; readonly env: Readonly<Record<string, string>>; readonly folder: string };
  /** What EventBridge Scheduler does once a period: it starts the target of a schedule. */
  readonly runSchedule: (name: (typeof SCHEDULED)[number]) => Promise<Invocation>;
  /** `read-traffic` is the function meshgraph-read-traffic. */
  readonly functionName: (name: string) => string;
  readonly queue: (name: string) => string;
  readonly stop: () => Promise<void>;
};

/** Names of clusters, all of which are the recorded one, as it was until just now or until an hour ago. */
export type StackSettings = { readonly clusters: Readonly<Record<string, RecordingEnd>> };

/** More than `scan.settling`: the last window of the recording is asked for, whatever the clock says at the time. */
const ENDED_AGO_MS = { now: 60_000, 'an-hour-ago': 3_600_000 } as const;
export type RecordingEnd = keyof typeof ENDED_AGO_MS;

const SLACK_SECRET = 'meshgraph/slack';
const GRAPH_SECRET = 'meshgraph/graph';

/**
 * The whole system as somebody deploys it, on an emulated AWS: the app's own template, real bundles, a real Neo4j, and the
 * recorded cluster as an EKS cluster that lives now, with its real Prometheus behind its API server.
 */
export async function startStack(settings: StackSettings): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'meshgraph-stack-'));
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  const kept = async <Started extends { readonly stop: () => Promise<void> }>(starting: Promise<Started>) => {
    const started = await starting;
    stops.push(started.stop);
    return started;
  };
  try {
    const eks = await kept(startEksEndpoint());
    const slack = await kept(startFakeSlack());
    const aws = await kept(startEmulator({ AWS_ENDPOINT_URL_EKS: eks.url }));
    const graph = await ownGraph();
    stops.push(graph.remove);
    const mayRead = new Set<string>();
    // Who made an EKS cluster may enter it; so may those roles that its owner lets in after deploying.
    const mayEnter = (caller = '') => caller === `arn:aws:iam::${ACCOUNT}:root` || mayRead.has(roleOf(caller));
    const startRecorded = (end: RecordingEnd) =>
      kept(
        startRecordedCluster({
          endAt: Date.now() - ENDED_AGO_MS[end],
          accepts: async (token) => mayEnter(await callerOf(aws, end, token)),
        }),
      );
    const recorded: Partial<Record<RecordingEnd, RecordedCluster>> = {};
    for (const end of new Set(Object.values(settings.clusters))) recorded[end] = await startRecorded(end);
    const configuration = join(folder, 'meshgraph.yaml');
    await writeFile(configuration, stringify(deployedConfiguration(settings)));
    const assembly = await synthesise(configuration, folder);

    const { uri, username, password } = graph;
    await createSecret(aws, GRAPH_SECRET, { uri, username, password });
    await createSecret(aws, SLACK_SECRET, { url: slack.webhook('mesh') });
    for (const [name, { apiServer }] of Object.entries(recorded)) await eks.serve(aws, name, apiServer);
    const deployed = await deployTemplate(aws, assembly, STACK);
    for (const role of Object.values(deployed.outputs).filter((value) => value.includes(':role/'))) {
      mayRead.add(role.split('/').at(-1) ?? '');
    }
    // They run on the minute, whatever a test is about at that time.
    const schedules = Object.fromEntries(
      await Promise.all(SCHEDULED.map(async (name) => [name, await stopSchedule(aws, `${STACK}-${name}`)] as const)),
    );
    const subscriber = await subscribe(aws, `arn:aws:sns:${REGION}:${ACCOUNT}:${STACK}-findings`);
    return {
      aws,
      sqs: sqsClient(aws),
      s3: s3Client(aws),
      deployed,
      assembly,
      bucket: idOf(deployed, 'AWS::S3::Bucket'),
      apiUrl: `${aws.endpoint}/_aws/execute-api/${idOf(deployed, 'AWS::ApiGatewayV2::Api')}/$default`,
      graph,
      recorded,
      slack,
      subscriber,
      laptop: { ...(await laptopFiles(folder, settings, recorded)), folder },
      runSchedule: (name) => invoke(aws, schedules[name]?.functionName ?? '', schedules[name]?.input),
      functionName: (name) => `${STACK}-${name}`,
      queue: (name) => queueUrl(aws.endpoint, `${STACK}-${name}`),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const idOf = ({ resources }: DeployedStack, type: string): string =>
  resources.find((resource) => resource.type === type)?.id ?? '';

/** The role of a session: arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION. */
const roleOf = (caller: string): string => /:assumed-role\/([^/]+)\//.exec(caller)?.[1] ?? '';

const createSecret = async (aws: Emulator, Name: string, value: object): Promise<void> => {
  await secretsClient(aws).send(new CreateSecretCommand({ Name, SecretString: JSON.stringify(value) }));
};

// The first scan reaches back over the whole recording, however long after it the stack stands.
const SCAN = { period: '5m', clusterPeriod: '1h', firstScan: '40m' };

const deployedConfiguration = ({ clusters }: StackSettings) => ({
  clusters: Object.entries(clusters).map(([name, eks]) => ({
    name,
    kubernetes: { eks, region: REGION },
    prometheus: { through: 'kubernetes' },
  })),
  scan: SCAN,
  graph: { secret: GRAPH_SECRET },
  alerts: {
    firstRun: 'each',
    digestAbove: 1000,
    routes: [
      { name: 'topic', to: { sns: {} }, minSeverity: 'info' },
      {
        name: 'slack',
        to: { slack: { webhook: { secret: SLACK_SECRET, key: 'url' } } },
        minSeverity: 'info',
        checks: ['unauthenticated-arrivals'],
      },
      { name: 'bus', to: { events: {} } },
    ],
  },
  aws: { region: REGION, account: ACCOUNT, stackName: STACK, removal: 'destroy' },
});

async function laptopFiles(folder: string, { clusters }: StackSettings, recorded: Stack['recorded']) {
  const env: Record<string, string> = {};
  for (const [end, { apiServer }] of Object.entries(recorded)) {
    env[tokenVariable(end)] = apiServer.token;
    await writeFile(join(folder, `${end}.pem`), apiServer.ca);
  }
  const configuration = {
    clusters: Object.entries(clusters).map(([name, end]) => ({
      name,
      kubernetes: {
        server: recorded[end]?.apiServer.url,
        token: { env: tokenVariable(end) },
        caFile: join(folder, `${end}.pem`),
      },
      prometheus: { through: 'kubernetes' },
    })),
    scan: SCAN,
  };
  const file = join(folder, 'laptop.yaml');
  await writeFile(file, stringify(configuration));
  return { file, env };
}

const tokenVariable = (end: string): string => `TOKEN_${end.replaceAll('-', '_').toUpperCase()}`;
