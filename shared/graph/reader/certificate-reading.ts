import type { Reader } from '../../domain/api/operations.ts';
import { chooseCluster } from '../../questions/ask.ts';
import { readPeriod } from '../../questions/period.ts';
import { readClusters } from '../knowledge.ts';
import query from './certificates.cypher';
import type { ReadingContext } from './graph-reader.ts';
import { readFreshness } from './read-freshness.ts';

const NOTE =
  'Known are the trust anchors that pod specs gave the proxies. When a certificate expires, who issued it, and private ' +
  'CAs are not read yet: what is missing here is unknown.';

type AnchorRow = { readonly sha256: string | null; readonly pods: number; readonly workloads: string[] };

/** The trust anchors the proxies were given, which is what the graph knows of certificates today. */
export function certificateReading({ graph, now }: ReadingContext): Pick<Reader, 'readCertificates'> {
  return {
    readCertificates: async ({ cluster: name, at }) => {
      const { cluster, newest } = chooseCluster(await readClusters(graph), name);
      const period = readPeriod({ at }, newest, now());
      const rows = await graph.read<AnchorRow>(query, { cluster, at: period.at });
      return {
        cluster,
        anchors: rows.flatMap(({ sha256, ...rest }) => (sha256 === null ? [] : [{ sha256, ...rest }])),
        hashedOnly: rows.find(({ sha256 }) => sha256 === null)?.pods ?? 0,
        note: NOTE,
        freshness: [await readFreshness(graph, cluster, period)],
      };
    },
  };
}
