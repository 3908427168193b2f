import { READERS_GROUP } from '../cli/rbac/access-advice.ts';
import { renderManifests } from '../cli/rbac/render-roles.ts';
import { readerRole } from '../shared/kubernetes/reader-role.ts';

const HEAD = `# What meshgraph needs to read a cluster whose Prometheus is linkerd-viz's own, for the members of a group.
# Made from shared/kubernetes/resources.ts. For your own meshgraph.yaml: meshgraph rbac | kubectl apply -f -
`;

/** docs/kubernetes/meshgraph-reader.yaml: the roles as they are for a configuration that says nothing else. */
export const renderReaderManifest = (): string =>
  HEAD +
  renderManifests(
    readerRole({
      reader: { group: READERS_GROUP },
      linkerdNamespace: 'linkerd',
      prometheus: { namespace: 'linkerd-viz', service: 'prometheus', port: 9090 },
    }),
  );
