import { ForbiddenError, UnavailableError } from '../domain/errors.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { KnownResource, ResourceId } from './resources.ts';

/** Which version of each kind to ask for. `unknown` = the question itself failed, so the kind counts as unread. */
export type Served =
  | { readonly status: 'served'; readonly apiVersion: string }
  | { readonly status: 'absent' }
  | { readonly status: 'unknown'; readonly message: string };

export type Discovery = {
  readonly kubernetesVersion: string;
  readonly resources: Readonly<Record<ResourceId, Served>>;
};

export type Page = { readonly items: readonly KubernetesObject[]; readonly resourceVersion: string };

/**
 * A cluster's objects, from its API server or from a bundle that recorded one.
 * All three reject with the errors of shared/domain/errors.ts, which the reader understands so:
 * `CredentialsRefusedError` ends the scan; `ForbiddenError` = this kind is forbidden; `ListExpiredError` = forget the
 * pages of this list and start again; anything else = this kind failed. Only `discover` tells that a kind is absent.
 */
export type ClusterLister = {
  discover(): Promise<Discovery>;
  /** All objects of one kind, page by page, as of one resourceVersion. `apiVersion` is the one discovery chose. */
  list(resource: KnownResource, apiVersion: string): AsyncIterable<Page>;
  /** `undefined` when there is none of that name. */
  getConfigMap(namespace: string, name: string): Promise<KubernetesObject | undefined>;
};

/** 401: nobody knows us. Every further request would end the same way. */
export class CredentialsRefusedError extends ForbiddenError {
  override readonly name: string = 'CredentialsRefusedError';
}

/** 410: the snapshot a paged list was reading is gone from the server (5 minutes by default). */
export class ListExpiredError extends UnavailableError {
  override readonly name: string = 'ListExpiredError';
}
