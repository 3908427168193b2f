import { Construct } from 'constructs';
import type { EvaluationProps } from './evaluation.ts';
import { MeshFunction } from './function-defaults.ts';
import { readSecret } from './grants.ts';
import { graphSecretOf } from './graph-secret.ts';
import { rateOf } from './rates.ts';
import { Scheduled } from './scheduled.ts';

/** Keeps the graph small: roll-up, retention, budget. */
export class Maintenance extends Construct {
  readonly functions: readonly MeshFunction[];

  constructor(scope: Construct, id: string, { deployment, queues, environment }: EvaluationProps) {
    super(scope, id);
    const compactor = new MeshFunction(this, 'compact-graph', deployment, environment);
    compactor.allow(readSecret(this, graphSecretOf(deployment), 'address and login of Neo4j'));
    new Scheduled(compactor, deployment, queues.failedRuns, rateOf(deployment.configuration.aws.schedules.compaction));
    this.functions = [compactor];
  }
}
