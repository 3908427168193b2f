import { ForbiddenError } from '../../shared/domain/errors.ts';
import type { KindCoverage } from '../../shared/domain/observation.ts';
import type { KubernetesObject } from '../../shared/kubernetes/kubernetes-object.ts';
import {
  type ClusterLister,
  CredentialsRefusedError,
  ListExpiredError,
  type Served,
} from '../../shared/kubernetes/lister.ts';
import type { KnownResource } from '../../shared/kubernetes/resources.ts';

/** How often a list that expired under our hands is started again before its kind counts as failed. */
const LIST_ATTEMPTS = 3;

/** Turns the objects of one page into rows; the page itself is dropped. */
export type TakePage<Row> = (items: readonly KubernetesObject[]) => Promise<Row[]>;

/** All rows of one kind with its coverage. Rows of a kind that was not read whole are dropped: half a list misleads. */
export async function readKind<Row>(
  lister: Pick<ClusterLister, 'list'>,
  resource: KnownResource,
  served: Served,
  take: TakePage<Row>,
): Promise<{ rows: Row[]; coverage: KindCoverage }> {
  if (served.status === 'absent') return { rows: [], coverage: { status: 'absent', objects: 0 } };
  if (served.status === 'unknown') {
    return { rows: [], coverage: { status: 'failed', objects: 0, message: served.message } };
  }
  const { apiVersion } = served;
  try {
    const { rows, resourceVersion } = await listAll(lister, resource, apiVersion, take, LIST_ATTEMPTS);
    return { rows, coverage: { status: 'complete', objects: rows.length, resourceVersion, apiVersion } };
  } catch (error) {
    return { rows: [], coverage: { ...coverageOf(error), apiVersion } };
  }
}

async function listAll<Row>(
  lister: Pick<ClusterLister, 'list'>,
  resource: KnownResource,
  apiVersion: string,
  take: TakePage<Row>,
  attempts: number,
): Promise<{ rows: Row[]; resourceVersion: string }> {
  const rows: Row[] = [];
  let resourceVersion = '';
  try {
    for await (const page of lister.list(resource, apiVersion)) {
      for (const row of await take(page.items)) rows.push(row);
      resourceVersion = page.resourceVersion;
    }
    return { rows, resourceVersion };
  } catch (error) {
    if (!(error instanceof ListExpiredError) || attempts <= 1) throw error;
    return listAll(lister, resource, apiVersion, take, attempts - 1);
  }
}

/**
 * The coverage an error leaves behind. Refused credentials are nobody's coverage: they end the scan. A 404 for a kind that
 * discovery had just named is a contradiction, as of an API server that starts, and no proof that there is none of it.
 */
export function coverageOf(error: unknown): KindCoverage {
  if (error instanceof CredentialsRefusedError) throw error;
  const message = error instanceof Error ? error.message : String(error);
  return { status: error instanceof ForbiddenError ? 'forbidden' : 'failed', objects: 0, message };
}
