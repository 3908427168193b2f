import { Construct } from 'constructs';
import { feed } from './feed.ts';
import { MeshFunction } from './function-defaults.ts';
import { keepObservations, sendTo } from './grants.ts';
import type { IngestionProps } from './ingestion.ts';
import { kubernetesAccess } from './source-access.ts';

/** Reads what the clusters trust. */
export class Certificates extends Construct {
  readonly functions: readonly MeshFunction[];

  constructor(scope: Construct, id: string, { deployment, bucket, queues, environment }: IngestionProps) {
    super(scope, id);
    const reader = new MeshFunction(this, 'read-certificates', deployment, environment);
    reader.allow(keepObservations(bucket), sendTo(queues, 'observations'), ...kubernetesAccess(this, deployment));
    feed(reader, queues, 'certificate-scans', deployment);
    this.functions = [reader];
  }
}
