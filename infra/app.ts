import { App } from 'aws-cdk-lib';
import { MeshgraphError } from '../shared/domain/errors.ts';
import { MeshGraphStack } from './mesh-graph-stack.ts';
import { readSwitch } from './read-switch.ts';

/** `cdk synth`, `cdk deploy`: the stack that meshgraph.yaml describes (`-c config=FILE`, default ./meshgraph.yaml). */
try {
  const app = new App();
  const bundles: string | undefined = app.node.tryGetContext('bundles');
  new MeshGraphStack(app, {
    file: String(app.node.tryGetContext('config') ?? 'meshgraph.yaml'),
    reserveConcurrency: readSwitch(app, 'reserveConcurrency'),
    ...(bundles !== undefined && { bundles }),
  });
  app.synth();
} catch (error) {
  if (!(error instanceof MeshgraphError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
