import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { InvalidInputError } from '../shared/domain/errors.ts';
import type { Deployment } from './deployment.ts';
import type { FunctionName } from './function-table.ts';
import { stagedConfiguration } from './staged-configuration.ts';

/**
 * The bundle of a function with the configuration beside it. The hash is over both, so that a changed meshgraph.yaml is
 * a changed function. Throws InvalidInputError where the function is not built.
 */
export function functionCode(name: FunctionName, deployment: Deployment): AssetCode {
  const folder = join(deployment.bundles, name);
  const entry = join(folder, 'index.mjs');
  if (!existsSync(entry)) throw new InvalidInputError(`${entry} is not there: run \`npm run build\` first`);
  const files = stagedConfiguration(deployment);
  const hash = createHash('sha256').update(readFileSync(entry));
  for (const { name, content } of files) hash.update(`${name}\n${content}\n`);
  return Code.fromAsset(folder, {
    assetHash: hash.digest('hex'),
    bundling: {
      // Named because CDK wants an image; nothing of Docker is ever started.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle(output: string) {
          cpSync(folder, output, { recursive: true });
          for (const { name, content } of files) writeFileSync(join(output, name), content);
          return true;
        },
      },
    },
  });
}
