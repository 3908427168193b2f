import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FUNCTION_NAMES } from '../../infra/function-table.ts';
import { MeshGraphStack } from '../../infra/mesh-graph-stack.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type Resource = {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
};

export type Synthesised = {
  readonly app: App;
  readonly stack: MeshGraphStack;
  readonly template: Template;
  /** Every resource by its logical id. */
  readonly resources: Readonly<Record<string, Resource>>;
  /** Path of each resource's construct below the MeshGraph, by logical id: queues/alerts/queue. */
  readonly paths: ReadonlyMap<string, string>;
  /** Path of the template as a file. */
  readonly file: string;
};

const known = new Map<string, Synthesised>();

/** The stack of one of the configurations beside this file, synthesised once for all tests. */
export function synthesise(configuration: 'everything' | 'least' | 'private'): Synthesised {
  const before = known.get(configuration);
  if (before) return before;
  const app = new App({ outdir: temporaryFolder(), analyticsReporting: false });
  const file = join(import.meta.dirname, `${configuration}.yaml`);
  const stack = new MeshGraphStack(app, { file, bundles: bundles() });
  const template = Template.fromStack(stack);
  const synthesised = {
    app,
    stack,
    template,
    resources: template.toJSON().Resources,
    paths: pathsIn(stack),
    file: join(app.outdir, stack.templateFile),
  };
  known.set(configuration, synthesised);
  return synthesised;
}

function pathsIn(stack: MeshGraphStack): Map<string, string> {
  const resources = stack.node.findAll().filter(CfnResource.isCfnResource);
  const below = (path: string): string => path.replace(/^[^/]+\/mesh-graph\//, '').replace(/\/Resource$/, '');
  return new Map(resources.map((resource) => [String(stack.resolve(resource.logicalId)), below(resource.node.path)]));
}

/** What the functions do is no matter of the template: these are there to be deployed. */
export function bundles(): string {
  const folder = temporaryFolder();
  for (const name of FUNCTION_NAMES) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = async () => '${name}';\n`);
  }
  return folder;
}

/** Resources of one type with their logical ids. */
export const resourcesOf = ({ resources }: Synthesised, type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, resource]) => resource.Type === type);
