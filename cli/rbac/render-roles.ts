import { stringify } from 'yaml';
import type { Manifest } from '../../shared/kubernetes/reader-role.ts';
import type { Roles } from './roles-for.ts';

/** The manifests as one YAML stream; what kubectl cannot do stands above them in comments. */
export function renderRoles(cluster: string, { manifests, commands, notes }: Roles): string {
  const lines = [
    `What meshgraph needs to read cluster ${cluster}: it lists these kinds, gets these objects, and writes nothing.`,
    ...notes.flatMap((note) => ['', note]),
    ...(commands.length > 0
      ? ['', 'Let its roles into the cluster:', ...commands.map((command) => `  ${command}`)]
      : []),
  ];
  return `${lines.map((line) => `# ${line}`.trimEnd()).join('\n')}\n${renderManifests(manifests)}`;
}

export const renderManifests = (manifests: readonly Manifest[]): string =>
  manifests.map((manifest) => `---\n${stringify(manifest, { lineWidth: 0 })}`).join('');
