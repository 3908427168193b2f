import { InvalidInputError, UnavailableError } from '../../shared/domain/errors.ts';
import type { GraphAccess } from '../../shared/graph/connection.ts';
import type { Environment } from './home.ts';
import { readLocalGraphStatus } from './local-graph-status.ts';

export type ResolvedGraph = GraphAccess & { readonly source: 'environment' | 'local' };

/** The graph every command uses: the one `NEO4J_URI` names, else the local one, which must be running. */
export async function resolveGraph(io: { readonly env: Environment }): Promise<ResolvedGraph> {
  const named = graphOfEnvironment(io.env);
  if (named) return { ...named, source: 'environment' };
  const { access, server } = await readLocalGraphStatus(io.env);
  if (access && server) return { ...access, source: 'local' };
  throw new UnavailableError(
    'no graph: the local Neo4j is not running. Start it with "meshgraph graph start", ' +
      'or set NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD.',
  );
}

/** The Neo4j that the environment names; undefined when `NEO4J_URI` is not set. The user is `neo4j` unless said. */
function graphOfEnvironment(env: Environment): GraphAccess | undefined {
  const { NEO4J_URI: uri, NEO4J_USERNAME: username, NEO4J_PASSWORD: password } = env;
  if (!uri) return undefined;
  if (password === undefined) {
    throw new InvalidInputError(
      `NEO4J_URI names ${uri}, but NEO4J_PASSWORD is not set. Set it (empty for a server without authentication), or unset NEO4J_URI to use the local graph.`,
    );
  }
  return { uri, username: username || 'neo4j', password };
}
