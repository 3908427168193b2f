import { trafficScanRequest } from '../../shared/domain/messages/scan-request.ts';
import { queueHandler } from '../../shared/middleware/queue-handler.ts';
import { openDeployedReader } from '../../shared/sources/deployed-reader.ts';
import { readConfig } from './config.ts';
import { scanWindow } from './scan-window.ts';

export const handler = queueHandler({
  service: 'read-traffic',
  message: trafficScanRequest,
  failureMetric: 'ScanFailed',
  open: () => openDeployedReader(readConfig()),
  work: async (reader, request, { log, measure }) => {
    const cluster = reader.clusterOf(request.cluster, () => measure('SourceUnreachable', 1, request.cluster));
    const settings = { scan: reader.scan, labels: cluster.configured.prometheus.labels };
    const outcome = await scanWindow({ ...reader, query: cluster.query, now: Date.now }, settings, request);
    log.info('window answered', { outcome });
  },
});
