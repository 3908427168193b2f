import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { feed } from './feed.ts';
import { MeshFunction, type OfferedEnvironment } from './function-defaults.ts';
import { keepObservations, listObservations, readObservations, readSecret, sendTo, useKey } from './grants.ts';
import { graphSecretOf } from './graph-secret.ts';
import type { Queues } from './queues.ts';
import { planningSchedule } from './rates.ts';
import { Scheduled } from './scheduled.ts';
import { kubernetesAccess, prometheusAccess } from './source-access.ts';

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
      listObservations(bucket),
      sendTo(queues, 'traffic-scans', 'cluster-scans', 'certificate-scans'),
      useKey(deployment),
    );
    new Scheduled(planner, deployment, queues.failedRuns, planningSchedule(deployment.configuration.scan));

    const traffic = new MeshFunction(this, 'read-traffic', deployment, environment);
    traffic.allow(
      listObservations(bucket),
      readObservations(bucket),
      keepObservations(bucket),
      sendTo(queues, 'observations'),
      ...prometheusAccess(this, deployment),
    );
    feed(traffic, queues, 'traffic-scans', deployment);

    const cluster = new MeshFunction(this, 'read-cluster', deployment, environment);
    cluster.allow(keepObservations(bucket), sendTo(queues, 'observations'), ...kubernetesAccess(this, deployment));
    feed(cluster, queues, 'cluster-scans', deployment);

    const writer = new MeshFunction(this, 'write-graph', deployment, environment);
    writer.allow(
      readObservations(bucket),
      sendTo(queues, 'evaluations'),
      readSecret(this, graphSecretOf(deployment), 'address and login of Neo4j'),
    );
    feed(writer, queues, 'observations', deployment);

    this.functions = [planner, traffic, cluster, writer];
  }
}
