import { SEVERITIES } from '../../checks/check.ts';
import type { AlertRoute } from '../configuration/alerts.ts';
import type { Alert } from './alert.ts';

export type RouteFilter = Omit<AlertRoute, 'name' | 'to'>;

/**
 * Whether an alert goes along a route: it fits every filter the route has. A finding that was grave enough and was eased
 * below the route's severity is told this once, so that nobody waits for its end.
 */
export function fitsRoute(alert: Alert, route: RouteFilter): boolean {
  const { severity, previousSeverity = severity, change, cluster, check, namespaces, owners } = alert;
  const gravity = Math.min(SEVERITIES.indexOf(severity), SEVERITIES.indexOf(previousSeverity));
  return (
    gravity <= SEVERITIES.indexOf(route.minSeverity) &&
    route.changes.includes(change) &&
    (route.clusters?.includes(cluster) ?? true) &&
    (route.checks?.includes(check) ?? true) &&
    (route.namespaces?.some((name) => namespaces.includes(name)) ?? true) &&
    (route.owners?.some((name) => owners.includes(name)) ?? true)
  );
}
