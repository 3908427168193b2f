import type { Arrival } from './arrival.ts';
import type { Call } from './call.ts';
import type { PortPolicy } from './port-policy.ts';
import type { ServerChoice } from './verdict.ts';
import type { Workload } from './workload.ts';

/** One call on its way to a verdict. */
export type Judged = {
  readonly call: Call;
  readonly workload: Workload;
  readonly policy: PortPolicy;
  readonly arrival: Arrival;
};

/** Where meshed traffic enters a proxy. */
export const DIRECT_PORT = 4143;

export function serverChoice({ call, workload, policy }: Judged): ServerChoice {
  const { server, losers, mode } = policy;
  if (server === undefined) {
    const source = workload.mode === undefined ? 'the default of the cluster' : 'the annotation of the pod';
    return {
      kind: 'default',
      namespace: '',
      name: mode,
      reason: `no Server has port ${call.port}, so ${source} counts`,
    };
  }
  const { namespace, name, port } = server;
  const alone = `it selects the pod and its port ${port}`;
  const reason =
    losers.length === 0 ? alone : `${alone}, and is older than ${losers.map((loser) => loser.name).join(', ')}`;
  return { kind: 'Server', namespace, name, reason };
}

/** What else there is to know of a port. */
export const notesOn = ({ workload, policy }: Judged): string[] => [
  ...workload.pending,
  ...policy.losers.map(({ name }) => `Server ${name} has the same port and is ignored: the oldest counts`),
  ...policy.rejectedRoutes.map(({ route, reason }) => `${route.kind} ${route.name} is not attached: ${reason}`),
];
