import { oncePer } from '../../../domain/once-per.ts';
import type { KnownWorkload } from '../../../linkerd/explain/known-workloads.ts';
import { type Server, selectsWorkload, toServer } from '../../../linkerd/policy/server.ts';
import type { Workload } from '../../../linkerd/policy/workload.ts';
import type { GateState } from '../../gate-state.ts';
import { stateIndex } from '../../state-index.ts';

export const SERVER = 'Server.policy.linkerd.io';

/** Read once for the states before and after. */
export const serverOf = oncePer(toServer);

/** Pods of one workload that are alike to Servers: thousands of pods wear few different sets of labels. */
export type Wearer = { readonly workload: KnownWorkload; readonly sample: Workload };

export type ServerIndex = {
  readonly servers: readonly Server[];
  readonly selected: (server: Server) => readonly Wearer[];
  readonly wearers: (namespace: string) => readonly Wearer[];
  /** Workloads of a namespace of which nothing runs and no template is known: their labels are not known. */
  readonly untold: (namespace: string) => readonly KnownWorkload[];
};

/** What the Servers of a state select, worked out once for all rules. */
export const serverIndex = oncePer((state: GateState): ServerIndex => {
  const servers = stateIndex(state).of(SERVER).map(serverOf);
  const untold = Map.groupBy(
    state.workloads.filter(({ instances }) => instances.length === 0),
    ({ namespace }) => namespace,
  );
  const all = Map.groupBy(state.workloads.flatMap(wearersOf), ({ workload }) => workload.namespace);
  const byLabel = new Map<string, Wearer[]>();
  for (const wearer of [...all.values()].flat()) {
    for (const [name, value] of wearer.sample.labels) {
      const id = `${wearer.workload.namespace}/${name}=${value}`;
      const known = byLabel.get(id);
      if (known) known.push(wearer);
      else byLabel.set(id, [wearer]);
    }
  }
  const selected = (server: Server): readonly Wearer[] => {
    const labels = Object.entries((server.pods ?? server.externalWorkloads)?.matchLabels ?? {});
    const pools = labels.map(([name, value]) => byLabel.get(`${server.namespace}/${name}=${value}`) ?? []);
    const [fewest = all.get(server.namespace) ?? []] = pools.toSorted((a, b) => a.length - b.length);
    return fewest.filter(({ sample }) => selectsWorkload(server, sample));
  };
  const selections = new Map(servers.map((server) => [server, selected(server)]));
  return {
    servers,
    selected: (server) => selections.get(server) ?? [],
    wearers: (namespace) => all.get(namespace) ?? [],
    untold: (namespace) => untold.get(namespace) ?? [],
  };
});

function wearersOf(workload: KnownWorkload): Wearer[] {
  const alike = new Map<string, Wearer>();
  for (const sample of workload.instances) {
    const id = looksOf(sample);
    if (!alike.has(id)) alike.set(id, { workload, sample });
  }
  return [...alike.values()];
}

const looksOf = oncePer(({ kind, labels, namedPorts }: Workload): string =>
  JSON.stringify([kind, [...labels], [...namedPorts]]),
);

/** `shop/web`, each once. */
export const workloadNames = (wearers: readonly Wearer[]): string[] =>
  [...new Set(wearers.map(({ workload }) => `${workload.namespace}/${workload.name}`))].sort();

/** The first of them, and how many more there are. */
export const few = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
