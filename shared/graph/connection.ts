import neo4j, {
  type Driver,
  type Transaction as DriverTransaction,
  type Plan,
  type QueryResult,
  type RecordShape,
  type Session,
} from 'neo4j-driver';
import { InvalidInputError } from '../domain/errors.ts';
import { isRetryable } from './driver-errors.ts';
import { explainDriverError } from './explain-driver-error.ts';
import { DEFAULT_RETRY, type RetryPolicy, withRetry } from './retry.ts';
import { type Parameters, toDriverValue, toPlainValue } from './values.ts';

export { isOutOfMemory } from './driver-errors.ts';

/** An empty password means a server without authentication. */
export type GraphAccess = { readonly uri: string; readonly username: string; readonly password: string };

export type ReadOptions = {
  /** The server ends the statement after this long. */
  readonly timeoutMs?: number;
  /** At most this many rows are fetched; ask for one more than you show to know whether there were more. */
  readonly maxRows?: number;
};

/** The rows a statement returned, and what the server counted: nodesCreated, relationshipsDeleted, propertiesSet... */
export type Written<Row> = Row[] & { readonly counters: Readonly<Record<string, number>> };

export type Transaction = {
  readonly run: <Row = Record<string, unknown>>(cypher: string, parameters?: Parameters) => Promise<Written<Row>>;
};

export type ServerInfo = { readonly version: string; readonly edition: string; readonly writable: boolean };

/** One step of a plan: `LoadCSV`, `ProcedureCall` with `db.labels() :: (label :: STRING)`... */
export type PlanOperator = { readonly type: string; readonly details: string };
type Explanation = { readonly reads: boolean; readonly operators: readonly PlanOperator[] };

export type Graph = {
  /** Rows as plain JS objects, read in a READ session: the server refuses a statement that writes. */
  readonly read: <Row = Record<string, unknown>>(
    cypher: string,
    parameters?: Parameters,
    options?: ReadOptions,
  ) => Promise<Row[]>;
  /** One statement in a transaction of its own. It may run twice when its commit was not confirmed: write idempotently. */
  readonly write: <Row = Record<string, unknown>>(cypher: string, parameters?: Parameters) => Promise<Written<Row>>;
  /** Several statements in one transaction, which commits when `work` returns. All of `work` may run again. */
  readonly transaction: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>;
  /** What the server says of a statement without running it: whether it only reads, and by what. Throws when it does not compile. */
  readonly explain: (cypher: string, parameters?: Parameters) => Promise<Explanation>;
  /** Asks once, without retries: is it there, what is it, may we write? */
  readonly verify: () => Promise<ServerInfo>;
  readonly close: () => Promise<void>;
};

/**
 * A graph in Neo4j 5 (Community, Enterprise or Aura; bolt, neo4j and their +s and +ssc schemes), in the user's home
 * database. Connects when first used. Errors are those of shared/domain/errors.ts, with the driver's as their cause.
 */
export function openGraph(access: GraphAccess, retry: RetryPolicy = DEFAULT_RETRY): Graph {
  const driver = openDriver(access);

  const attempt = <Result>(work: () => Promise<Result>, policy: RetryPolicy = retry): Promise<Result> =>
    withRetry(work, isRetryable, policy).catch((error) => {
      throw explainDriverError(error, access.uri);
    });

  const write = <Row>(session: Session, cypher: string, parameters?: Parameters) =>
    session.run(cypher, driverParameters(parameters)).then(written<Row>);

  return {
    read: (cypher, parameters, options = {}) =>
      attempt(() => inSession(driver, 'READ', (session) => readRows(session, cypher, parameters, options))),

    write: (cypher, parameters) =>
      attempt(() => inSession(driver, 'WRITE', (session) => write(session, cypher, parameters))),

    transaction: (work) => attempt(() => inSession(driver, 'WRITE', (session) => inTransaction(session, work))),

    explain: (cypher, parameters) =>
      attempt(() =>
        inSession(driver, 'READ', async (session) => {
          const { summary } = await session.run(`EXPLAIN ${cypher}`, driverParameters(parameters));
          return { reads: summary.queryType === 'r', operators: operatorsOf(summary.plan) };
        }),
      ),

    verify: () => attempt(() => readServerInfo(driver), { ...retry, limitMs: 0 }),

    close: () => driver.close(),
  };
}

function openDriver({ uri, username, password }: GraphAccess): Driver {
  if (!/^(bolt|neo4j)(\+s|\+ssc)?:\/\/[^/]/.test(uri) || !URL.canParse(uri)) {
    throw new InvalidInputError(
      `a Neo4j URI begins with bolt:// or neo4j:// (bolt+s://, neo4j+s:// with TLS) and names a host and port, not "${uri}"`,
    );
  }
  try {
    return neo4j.driver(uri, password === '' ? undefined : neo4j.auth.basic(username, password), {
      disableLosslessIntegers: true,
      connectionTimeout: 10_000,
      // The driver has no time-out of its own for what accepts a connection and then says nothing.
      connectionAcquisitionTimeout: 20_000,
      userAgent: 'meshgraph',
    });
  } catch (error) {
    throw new InvalidInputError(`"${uri}" is not a Neo4j URI: ${(error as Error).message}`, { cause: error });
  }
}

async function inSession<Result>(
  driver: Driver,
  defaultAccessMode: 'READ' | 'WRITE',
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = driver.session({ defaultAccessMode });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

async function readRows<Row>(
  session: Session,
  cypher: string,
  parameters: Parameters | undefined,
  { timeoutMs, maxRows = Number.POSITIVE_INFINITY }: ReadOptions,
): Promise<Row[]> {
  const rows: Row[] = [];
  if (maxRows <= 0) return rows;
  const config = timeoutMs === undefined ? {} : { timeout: timeoutMs };
  for await (const record of session.run(cypher, driverParameters(parameters), config)) {
    rows.push(toPlainValue(record.toObject()) as Row);
    // Leaving the loop tells the server to discard the rest.
    if (rows.length >= maxRows) break;
  }
  return rows;
}

async function inTransaction<Result>(
  session: Session,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const transaction: DriverTransaction = await session.beginTransaction();
  try {
    const result = await work({
      run: <Row>(cypher: string, parameters?: Parameters) =>
        transaction.run(cypher, driverParameters(parameters)).then(written<Row>),
    });
    await transaction.commit();
    return result;
  } finally {
    // Rolls back what was not committed.
    await transaction.close();
  }
}

async function readServerInfo(driver: Driver): Promise<ServerInfo> {
  const [kernel] = await inSession(driver, 'READ', (session) =>
    readRows<{ versions: string[]; edition: string }>(
      session,
      'CALL dbms.components() YIELD name, versions, edition WHERE name = "Neo4j Kernel" RETURN versions, edition',
      {},
      {},
    ),
  );
  return {
    version: kernel?.versions[0] ?? 'unknown',
    edition: kernel?.edition ?? 'unknown',
    writable: await isWritable(driver),
  };
}

/** Tried, not asked: no setting tells of roles, replicas and read-only databases at once. Nothing is committed. */
async function isWritable(driver: Driver): Promise<boolean> {
  return inSession(driver, 'WRITE', async (session) => {
    const transaction = await session.beginTransaction();
    try {
      await transaction.run('CREATE (probe) DELETE probe');
      return true;
    } catch (error) {
      if (/^Neo\.ClientError\.(General|Security|Cluster)\./.test((error as { code?: string }).code ?? '')) return false;
      throw error;
    } finally {
      await transaction.close();
    }
  });
}

const operatorsOf = (plan: Plan | false): PlanOperator[] =>
  plan
    ? [
        { type: plan.operatorType.replace(/@.*$/, ''), details: String(plan.arguments.Details ?? '') },
        ...plan.children.flatMap(operatorsOf),
      ]
    : [];

const driverParameters = (parameters: Parameters = {}): RecordShape => toDriverValue(parameters) as RecordShape;

function written<Row>(result: QueryResult): Written<Row> {
  const rows = result.records.map((record) => toPlainValue(record.toObject()) as Row);
  return Object.assign(rows, { counters: result.summary.counters.updates() });
}
