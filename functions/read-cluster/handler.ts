import { clusterScanRequest } from '../../shared/domain/messages/scan-request.ts';
import { queueHandler } from '../../shared/middleware/queue-handler.ts';
import { openDeployedReader } from '../../shared/sources/deployed-reader.ts';
import { readConfig } from './config.ts';
import { scanObjects } from './scan-objects.ts';

export const handler = queueHandler({
  service: 'read-cluster',
  message: clusterScanRequest,
  failureMetric: 'ScanFailed',
  open: () => openDeployedReader(readConfig()),
  work: async (reader, request, { log, measure }) => {
    const cluster = reader.clusterOf(request.cluster, () => measure('SourceUnreachable', 1, request.cluster));
    const deps = { ...reader, list: await cluster.lister(), now: Date.now };
    log.info('objects answered', { outcome: await scanObjects(deps, reader.entityModel, request) });
  },
});
