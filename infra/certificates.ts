import { Construct } from 'constructs';
import type { EvaluationProps } from './evaluation.ts';
import { feed } from './feed.ts';
import { MeshFunction } from './function-defaults.ts';
import { kubernetesAccess } from './source-access.ts';

/** Reads what the clusters trust. */
export class Certificates extends Construct {
  readonly functions: readonly MeshFunction[];

  constructor(scope: Construct, id: string, { deployment, queues, environment }: EvaluationProps) {
    super(scope, id);
    const reader = new MeshFunction(this, 'read-certificates', deployment, environment);
    reader.allow(...kubernetesAccess(this, deployment));
    feed(reader, queues, 'certificate-scans');
    this.functions = [reader];
  }
}
