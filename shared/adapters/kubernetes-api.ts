import { NotFoundError } from '../domain/errors.ts';
import type { KubernetesObject } from '../kubernetes/kubernetes-object.ts';
import type { ClusterLister, Page } from '../kubernetes/lister.ts';
import type { KnownResource } from '../kubernetes/resources.ts';
import { discover } from './kubernetes-discovery.ts';
import type { KubernetesFetch } from './kubernetes-fetch.ts';
import { kubernetesGet, type RetryOptions } from './kubernetes-get.ts';

/** As kubectl does: small enough for the server's memory, large enough for few round trips. */
const PAGE_SIZE = 500;

type ObjectList = {
  readonly items?: readonly KubernetesObject[] | null;
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
};

export type KubernetesApiOptions = RetryOptions & { readonly pageSize?: number };

/** The objects of one API server. Only `list` of known kinds and `get` of ConfigMaps: a Secret is never asked for. */
export function kubernetesApi(fetch: KubernetesFetch, options: KubernetesApiOptions = {}): ClusterLister {
  const get = kubernetesGet(fetch, options);
  const pageSize = options.pageSize ?? PAGE_SIZE;
  return {
    discover: () => discover(get),

    async *list(resource: KnownResource, apiVersion: string): AsyncIterable<Page> {
      const path = `${apiVersion.includes('/') ? '/apis' : '/api'}/${apiVersion}/${resource.plural}`;
      let token: string | undefined;
      do {
        const query = new URLSearchParams({ limit: String(pageSize), ...(token && { continue: token }) });
        const list = (await get(`${path}?${query}`)) as ObjectList;
        yield { items: list.items ?? [], resourceVersion: list.metadata?.resourceVersion ?? '' };
        token = list.metadata?.continue;
      } while (token);
    },

    async getConfigMap(namespace, name) {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${encodeURIComponent(name)}`;
      try {
        return (await get(path)) as KubernetesObject;
      } catch (error) {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }
    },
  };
}
