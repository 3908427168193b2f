import { ForbiddenError } from '../domain/errors.ts';
import { type Graph, openGraph } from '../graph/connection.ts';
import { DEFAULT_RETRY, type RetryPolicy } from '../graph/retry.ts';
import { parseGraphSecret } from './graph-secret.ts';
import { type KeptSecrets, keptSecrets } from './kept-secrets.ts';

const graphs = new Map<string, Graph>();

/**
 * The graph whose address and login a secret of AWS Secrets Manager holds (name or ARN), connected when first used and
 * kept between invocations. The secret is read again after five minutes and when the login is refused; where it changed,
 * what was refused is tried once more with the new one. `retry` is how long a graph that is away is waited for.
 */
export function openDeployedGraph(secretArn: string, retry: RetryPolicy = DEFAULT_RETRY): Graph {
  const graph = graphs.get(secretArn) ?? followSecret(secretArn, keptSecrets(), retry);
  graphs.set(secretArn, graph);
  return graph;
}

type Connected = { readonly text: string; readonly graph: Graph; uses: number };

/** A graph that follows its secret: see openDeployedGraph. */
export function followSecret(secret: string, secrets: KeptSecrets, retry: RetryPolicy = DEFAULT_RETRY): Graph {
  let current: Connected | undefined;

  const connect = (text: string): Connected => {
    if (current?.text === text) return current;
    const before = current;
    current = { text, graph: openGraph(parseGraphSecret(text, secret), retry), uses: 0 };
    if (before !== undefined) closeUnused(before);
    return current;
  };
  /** A driver that is closed breaks off what is on its way, so the last statement of an old one closes it. */
  const closeUnused = ({ graph, uses }: Connected): void => {
    if (uses === 0) graph.close().catch(() => {});
  };
  const useWith = async <Result>(text: string, work: (graph: Graph) => Promise<Result>): Promise<Result> => {
    const used = connect(text);
    used.uses += 1;
    try {
      return await work(used.graph);
    } finally {
      used.uses -= 1;
      if (used !== current) closeUnused(used);
    }
  };
  const use = async <Result>(work: (graph: Graph) => Promise<Result>): Promise<Result> => {
    const text = await secrets.read(secret);
    try {
      return await useWith(text, work);
    } catch (error) {
      if (!isRefusedLogin(error)) throw error;
      const newer = await secrets.reread(secret);
      if (newer !== text) return useWith(newer, work);
      throw new ForbiddenError(`Neo4j refuses the login that secret ${secret} holds: put the right one into it`, {
        cause: error,
      });
    }
  };
  return {
    read: (cypher, parameters, options) => use((graph) => graph.read(cypher, parameters, options)),
    write: (cypher, parameters) => use((graph) => graph.write(cypher, parameters)),
    transaction: (work) => use((graph) => graph.transaction(work)),
    explain: (cypher, parameters) => use((graph) => graph.explain(cypher, parameters)),
    verify: () => use((graph) => graph.verify()),
    close: async () => {
      await current?.graph.close();
      current = undefined;
    },
  };
}

/** What Neo4j says to a login that was changed; explain-driver-error keeps the driver's error as the cause. */
function isRefusedLogin(error: unknown): boolean {
  const { code = '' } = ((error as Error | undefined)?.cause ?? {}) as { code?: string };
  return /^Neo\.ClientError\.Security\.(Unauthorized|AuthenticationRateLimit|CredentialsExpired|TokenExpired)$/.test(
    code,
  );
}
