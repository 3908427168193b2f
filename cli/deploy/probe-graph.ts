import type { GraphConfiguration } from '../../shared/domain/configuration/graph.ts';
import { InvalidInputError } from '../../shared/domain/errors.ts';
import { type GraphAccess, openGraph } from '../../shared/graph/connection.ts';
import { parseGraphSecret } from '../../shared/sources/graph-secret.ts';
import { keptSecrets } from '../../shared/sources/kept-secrets.ts';
import { type Probe, type ProbeGroup, tryTo } from './probe.ts';

const OLDEST_MAJOR = 5;

/** The graph's secret, and the Neo4j it leads to. */
export async function probeGraph({ secret, region }: GraphConfiguration): Promise<ProbeGroup> {
  if (secret === undefined) return { name: 'graph', probes: [] };
  const { probe, value } = await tryTo(`secret ${secret} has address and login of Neo4j`, async () => ({
    value: parseGraphSecret(await keptSecrets().reread(secret, region), secret),
  }));
  return { name: 'graph', probes: value === undefined ? [probe] : [probe, await probeNeo4j(value)] };
}

async function probeNeo4j(access: GraphAccess): Promise<Probe> {
  const graph = openGraph(access);
  const title = `Neo4j at ${access.uri} takes our writes`;
  const { probe } = await tryTo(title, async () => {
    const { version, edition, writable } = await graph.verify();
    if (!writable) throw new InvalidInputError(`user ${access.username} may not write there: give it a role that may`);
    // Since 2025 the version is year and month.
    if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
      throw new InvalidInputError(`expected Neo4j ${OLDEST_MAJOR} or later, got ${version}`);
    }
    const isPlain = /^(bolt|neo4j):/.test(access.uri) && !/\/\/(127\.|localhost|\[::1\])/.test(access.uri);
    return {
      value: version,
      title: `${title}: ${version} ${edition}`,
      warnings: isPlain ? ['its password and data travel unencrypted: use neo4j+s:// or bolt+s://'] : [],
    };
  });
  await graph.close();
  return probe;
}
