import { certificatesScanRequest } from '../../shared/domain/messages/scan-request.ts';
import { queueHandler } from '../../shared/middleware/queue-handler.ts';
import { deployedClusters } from '../../shared/sources/deployed-clusters.ts';
import { loadDeployedConfiguration } from '../../shared/sources/deployed-configuration.ts';
import { readCertificates } from './read-certificates.ts';

export const handler = queueHandler({
  service: 'read-certificates',
  message: certificatesScanRequest,
  failureMetric: 'ScanFailed',
  open: async () => deployedClusters(await loadDeployedConfiguration()),
  work: async (clusterOf, request, { log, measure }) => {
    const cluster = clusterOf(request.cluster, () => measure('SourceUnreachable', 1, request.cluster));
    const { anchors } = await readCertificates(await cluster.lister());
    measure('CertificateSweep', 1, request.cluster);
    log.info('trust bundle read', { anchors });
  },
});
