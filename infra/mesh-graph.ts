import { join } from 'node:path';
import { CfnOutput, Stack, Tags, Token } from 'aws-cdk-lib';
import { IAM_MINIMIZE_POLICIES } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import type { ConfigurationDocument } from '../shared/domain/configuration/document.ts';
import { acknowledgeRules } from './acknowledgements.ts';
import { Alerting } from './alerting.ts';
import { Api } from './api.ts';
import { Certificates } from './certificates.ts';
import { assertDeployable } from './deployable.ts';
import { deployedOwnChecks } from './deployed-own-checks.ts';
import type { Deployment } from './deployment.ts';
import { encryptionKey } from './encryption.ts';
import { Evaluation } from './evaluation.ts';
import { graphSecretOf } from './graph-secret.ts';
import { Ingestion } from './ingestion.ts';
import { Maintenance } from './maintenance.ts';
import { Monitoring } from './monitoring.ts';
import { configuredNetwork } from './network.ts';
import { offeredEnvironment } from './offered-environment.ts';
import { packageRoot } from './package-root.ts';
import { parseDocument } from './parse-document.ts';
import { Queues } from './queues.ts';
import { Storage } from './storage.ts';
import { Topics } from './topics.ts';

export type { ConfigurationDocument };

export type MeshGraphProps = {
  /** meshgraph.yaml as an object. Needed are `clusters` and `graph.secret`. */
  readonly configuration: ConfigurationDocument;
  /** Folder that relative paths in it (caFile, ownChecks) start at. Default: the working directory. */
  readonly directory?: string;
  /**
   * Whether functions set concurrency aside, to protect Neo4j. An account that is allowed ten runs at once cannot.
   * Default: true.
   */
  readonly reserveConcurrency?: boolean;
  /** Folder of the built functions. Default: those of this package. */
  readonly bundles?: string;
};

/**
 * meshgraph in the user's own account: schedules, queues, functions, the API, alarms. Throws InvalidInputError, one line a
 * fault, for a configuration that is wrong or that a deployment cannot do.
 */
export class MeshGraph extends Construct {
  constructor(scope: Construct, id: string, props: MeshGraphProps) {
    super(scope, id);
    // Dozens of clusters fit a role's policy only where statements of the same actions are one.
    this.node.setContext(IAM_MINIMIZE_POLICIES, true);
    const { region } = Stack.of(this);
    const directory = props.directory ?? '.';
    const ownChecks = deployedOwnChecks(props.configuration, directory);
    const configuration = parseDocument(props.configuration, ownChecks);
    assertDeployable(configuration, 'configuration', Token.isUnresolved(region) ? undefined : region);
    const deployment: Deployment = {
      configuration,
      document: props.configuration,
      ownChecks,
      directory,
      bundles: props.bundles ?? join(packageRoot(), 'dist/functions'),
      reserveConcurrency: props.reserveConcurrency ?? true,
      key: encryptionKey(this, { configuration }),
      network: configuredNetwork(this, configuration),
    };
    const { bucket } = new Storage(this, 'storage', deployment);
    const queues = new Queues(this, 'queues', deployment);
    const topics = new Topics(this, 'topics', deployment);
    const environment = offeredEnvironment({ bucket, queues, topics, graphSecret: graphSecretOf(deployment) });
    const shared = { deployment, bucket, queues, environment };
    const ingestion = new Ingestion(this, 'ingestion', shared);
    const certificates = new Certificates(this, 'certificates', shared);
    const evaluation = new Evaluation(this, 'evaluation', shared);
    const alerting = new Alerting(this, 'alerting', { ...shared, topic: topics.findings });
    const api = new Api(this, 'api', shared);
    const maintenance = new Maintenance(this, 'maintenance', shared);
    const functions = [ingestion, certificates, evaluation, alerting, api, maintenance].flatMap(
      (part) => part.functions,
    );
    new Monitoring(this, 'monitoring', { deployment, topic: topics.alarms, functions, queues, api });

    for (const { node, role } of [...ingestion.functions, ...certificates.functions]) {
      new CfnOutput(this, `${node.id}-role`, { value: role.roleArn });
    }
    new CfnOutput(this, 'bucket', { value: bucket.bucketName });
    acknowledgeRules(this);
    Tags.of(this).add('application', 'meshgraph');
    for (const [name, value] of Object.entries(configuration.aws.tags)) Tags.of(this).add(name, value);
  }
}
