import { observationStore } from '../../shared/adapters/observation-store.ts';
import { scanNotes } from '../../shared/adapters/scan-notes.ts';
import { scheduleHandler } from '../../shared/middleware/schedule-handler.ts';
import { loadDeployedConfiguration } from '../../shared/sources/deployed-configuration.ts';
import { scanRequests } from '../../shared/sources/scan-requests.ts';
import { asked } from './asked.ts';
import { readConfig } from './config.ts';
import { planClusters } from './plan-clusters.ts';

export const handler = scheduleHandler({
  service: 'plan-scans',
  open: async () => {
    const config = readConfig();
    const queues = {
      traffic: config.TRAFFIC_SCANS_QUEUE_URL,
      cluster: config.CLUSTER_SCANS_QUEUE_URL,
      certificates: config.CERTIFICATE_SCANS_QUEUE_URL,
    };
    const notes = scanNotes(config.OBSERVATIONS_BUCKET, asked);
    const deps = {
      readCovered: observationStore(config.OBSERVATIONS_BUCKET).windows,
      readAsked: notes.read,
      writeAsked: notes.write,
      ask: scanRequests(queues),
    };
    return { configuration: await loadDeployedConfiguration(), deps };
  },
  work: ({ configuration, deps }, run) => planClusters(deps, configuration, Date.now(), run),
});
