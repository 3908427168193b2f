import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { feed } from './feed.ts';
import { MeshFunction, type OfferedEnvironment } from './function-defaults.ts';
import { encrypt, keepObservations, listKeys, readObservations, readSecret, sendTo } from './grants.ts';
import { graphSecretOf } from './graph-secret.ts';
import type { Queues } from './queues.ts';
import { planningSchedule } from './rates.ts';
import { Scheduled } from './scheduled.ts';
import { kubernetesAccess, prometheusAccess } from './source-access.ts';
import { UNTOLD_PREFIX } from './storage.ts';

export type IngestionProps = {
  readonly deployment: Deployment;
  readonly bucket: Bucket;
  readonly queues: Queues;
  readonly environment: OfferedEnvironment;
};

/** From the sources into the graph: plan-scans, the readers of traffic and clusters, write-graph. */
export class Ingestion extends Construct {
  readonly functions: readonly MeshFunction[];

  constructor(scope: Construct, id: string, { deployment, bucket, queues, environment }: IngestionProps) {
    super(scope, id);
    const planner = new MeshFunction(this, 'plan-scans', deployment, environment);
    planner.allow(
      listKeys(bucket),
      sendTo(queues, 'traffic-scans', 'cluster-scans', 'certificate-scans'),
      encrypt(deployment),
      {
        why: 'a note for each cluster of what was asked for last, hence the wildcard below their prefix',
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: [bucket.arnForObjects('notes/*')],
      },
    );
    new Scheduled(planner, deployment, queues.failedRuns, planningSchedule(deployment.configuration.scan));

    const delivery = [
      listKeys(bucket),
      readObservations(bucket),
      keepObservations(bucket),
      sendTo(queues, 'observations'),
      encrypt(deployment),
    ];
    const traffic = new MeshFunction(this, 'read-traffic', deployment, environment);
    traffic.allow(...delivery, ...prometheusAccess(this, deployment), {
      why: 'notes windows that no source tells of any more, each under a key of its own below the prefix',
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`${UNTOLD_PREFIX}*`)],
    });
    feed(traffic, queues, 'traffic-scans');

    const cluster = new MeshFunction(this, 'read-cluster', deployment, environment);
    cluster.allow(...delivery, ...kubernetesAccess(this, deployment));
    feed(cluster, queues, 'cluster-scans');

    const writer = new MeshFunction(this, 'write-graph', deployment, environment);
    writer.allow(
      readObservations(bucket),
      sendTo(queues, 'evaluations'),
      encrypt(deployment),
      readSecret(this, graphSecretOf(deployment), 'address and login of Neo4j'),
    );
    feed(writer, queues, 'observations');

    this.functions = [planner, traffic, cluster, writer];
  }
}
