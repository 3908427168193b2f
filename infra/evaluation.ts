import { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import { feed } from './feed.ts';
import { MeshFunction, type OfferedEnvironment } from './function-defaults.ts';
import { encrypt, readSecret, sendTo } from './grants.ts';
import { graphSecretOf } from './graph-secret.ts';
import type { Queues } from './queues.ts';
import { rateOf } from './rates.ts';
import { Scheduled } from './scheduled.ts';

export type EvaluationProps = {
  readonly deployment: Deployment;
  readonly queues: Queues;
  readonly environment: OfferedEnvironment;
};

/** The checks: after each write, and on a schedule, so that what went stale is told as well. */
export class Evaluation extends Construct {
  readonly functions: readonly MeshFunction[];

  constructor(scope: Construct, id: string, { deployment, queues, environment }: EvaluationProps) {
    super(scope, id);
    const evaluator = new MeshFunction(this, 'evaluate-checks', deployment, environment);
    evaluator.allow(
      readSecret(this, graphSecretOf(deployment), 'address and login of Neo4j'),
      sendTo(queues, 'evaluations', 'alerts'),
      encrypt(deployment),
    );
    feed(evaluator, queues, 'evaluations');
    new Scheduled(evaluator, deployment, queues.failedRuns, rateOf(deployment.configuration.aws.schedules.evaluation));
    this.functions = [evaluator];
  }
}
