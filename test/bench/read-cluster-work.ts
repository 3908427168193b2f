import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { readCluster } from '../../functions/read-cluster/read-cluster.ts';
import { kubernetesApi } from '../../shared/adapters/kubernetes-api.ts';
import { kubernetesFetch } from '../../shared/adapters/kubernetes-fetch.ts';
import { entityModelSchema } from '../../shared/domain/entity-model.ts';

export type ReadClusterFigures = {
  readonly ms: number;
  readonly cpuMs: number;
  readonly requests: number;
  /** Of all bodies, not compressed. */
  readonly bytes: number;
  readonly entities: number;
  readonly relations: number;
  readonly pods: number;
  readonly problems: readonly string[];
  readonly observationBytes: number;
};

/** Reads a cluster as a scan does and leaves the observation, gzipped, in `file`. */
export async function work(input: { server: string; file: string; at: number }): Promise<ReadClusterFigures> {
  const fetch = kubernetesFetch({ server: input.server, credentials: async () => ({}) });
  const answered = { requests: 0, bytes: 0 };
  const counted: typeof fetch = async (path, init) => {
    const response = await fetch(path, init);
    answered.requests += 1;
    answered.bytes += Number(response.headers.get('content-length'));
    return response;
  };
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const observation = await readCluster(
    { list: kubernetesApi(counted), now: () => input.at },
    { cluster: 'grown', entityModel: entityModelSchema.parse({}) },
  );
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const text = gzipSync(JSON.stringify(observation), { level: 1 });
  await writeFile(input.file, text);
  const { entities, relations, coverage } = observation;
  return {
    ms,
    cpuMs: (user + system) / 1000,
    ...answered,
    entities: entities.length,
    relations: relations.length,
    pods: entities.filter(({ label }) => label === 'Pod').length,
    problems: coverage.notes,
    observationBytes: text.length,
  };
}
