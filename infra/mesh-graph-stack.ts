import { dirname } from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { assertDeployable } from './deployable.ts';
import { MeshGraph } from './mesh-graph.ts';
import { readConfiguration } from './read-configuration.ts';

export type MeshGraphStackProps = {
  /** Path of meshgraph.yaml. */
  readonly file: string;
  readonly reserveConcurrency?: boolean;
  readonly bundles?: string;
};

/** The stack of `cdk deploy`: nothing but a MeshGraph, named and placed as meshgraph.yaml says. */
export class MeshGraphStack extends Stack {
  constructor(app: App, { file, ...options }: MeshGraphStackProps) {
    const { configuration, document } = readConfiguration(file);
    const { account, region, stackName } = configuration.aws;
    assertDeployable(configuration, file, region);
    super(app, stackName, {
      env: { ...(account && { account }), ...(region && { region }) },
      description: 'meshgraph: the memory of a Linkerd mesh',
    });
    new MeshGraph(this, 'mesh-graph', { configuration: document, directory: dirname(file), ...options });
  }
}
