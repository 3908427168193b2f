import { setTimeout as wait } from 'node:timers/promises';
import { alertRequest } from '../../shared/domain/messages/alert-request.ts';
import { withOutbox } from '../../shared/graph/outbox/with-outbox.ts';
import { queueHandler } from '../../shared/middleware/queue-handler.ts';
import { alertChannel } from '../../shared/sources/alert-channel.ts';
import { loadDeployedConfiguration } from '../../shared/sources/deployed-configuration.ts';
import { openDeployedGraph } from '../../shared/sources/deployed-graph.ts';
import { readConfig } from './config.ts';
import { type SendAlertsDeps, sendAlerts } from './send-alerts.ts';

type Kept = Pick<SendAlertsDeps, 'routes' | 'withOutbox' | 'now' | 'wait'>;

export const handler = queueHandler({
  service: 'send-alerts',
  message: alertRequest,
  open: async (): Promise<Kept> => {
    const { GRAPH_SECRET_ARN, ALERTS_TOPIC_ARN, EVENT_BUS_NAME } = readConfig();
    const { alerts } = await loadDeployedConfiguration();
    const places = { topicArn: ALERTS_TOPIC_ARN, busName: EVENT_BUS_NAME };
    const routes = alerts.routes.map((route) => ({ ...route, channel: alertChannel(route, alerts, places) }));
    const graph = openDeployedGraph(GRAPH_SECRET_ARN);
    return { routes, withOutbox: (cluster, work) => withOutbox(graph, cluster, work), now: Date.now, wait };
  },
  work: (deps, request, { measure, deadline: { remainingMs } }) =>
    sendAlerts({ ...deps, remainingMs, count: (name, value) => measure(name, value, request.cluster) }, request),
});
