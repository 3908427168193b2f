/**
 * The label names Prometheus gives Linkerd's series. Defaults are those of linkerd-viz's own scrape configuration
 * (linkerd2 viz/charts/linkerd-viz/templates/prometheus.yaml); other scrapers relabel differently.
 */
export type TrafficLabels = {
  /** Matchers every series carries, as PromQL text: `job="linkerd-proxy"`. */
  readonly selector: string;
  /** Together they name one scrape target. */
  readonly target: readonly string[];
  /** The one label of `target` that tells targets apart in a matcher. */
  readonly instance: string;
  readonly namespace: string;
  readonly pod: string;
  /**
   * Workload kinds by label. Linkerd renames Job to `k8s_job`. ReplicaSet is left out on purpose: it is never the top
   * owner Linkerd or we would name, so such pods are kept by pod and resolved against the cluster's own owner chain.
   */
  readonly workloadKinds: Readonly<Record<string, string>>;
};

export const VIZ_LABELS: TrafficLabels = {
  selector: 'job="linkerd-proxy"',
  target: ['job', 'instance', 'namespace', 'pod'],
  instance: 'instance',
  namespace: 'namespace',
  pod: 'pod',
  workloadKinds: {
    deployment: 'Deployment',
    statefulset: 'StatefulSet',
    daemonset: 'DaemonSet',
    replicationcontroller: 'ReplicationController',
    k8s_job: 'Job',
    cronjob: 'CronJob',
  },
};
