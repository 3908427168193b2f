import { type EntityModel, entityModelSchema } from '../../../../shared/domain/entity-model.ts';
import { BASELINE_SCHEMA, type Baseline } from '../../../../shared/gate/baseline.ts';
import { judgedChange } from '../../../../shared/gate/judged-change.ts';
import type { GateRule, JudgedChange, Violation } from '../../../../shared/gate/rule.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/linkerd/policy/mesh-settings.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';
import type { Edge } from '../../../../shared/questions/edges/merge.ts';

const DAY = 86_400_000;
export const AT = Date.parse('2026-11-24T12:00:00Z');

type Given = {
  readonly writes?: readonly PolicyObject[];
  readonly deletes?: readonly PolicyObject[];
  readonly edges?: readonly Edge[];
  /** Workloads the source knows, as `namespace/Kind/name`. */
  readonly workloads?: readonly string[];
  readonly model?: Partial<EntityModel>;
};

/** A change of a mesh of a few objects in cluster `prod`. */
export function changed(
  objects: readonly PolicyObject[],
  { writes = [], deletes = [], edges = [], workloads = [], model = {} }: Given,
): JudgedChange {
  const traffic = { since: AT - 14 * DAY, at: AT, coveredMs: 14 * DAY, partialWindows: 0, newest: AT, edges };
  const baseline: Baseline = {
    schema: BASELINE_SCHEMA,
    cluster: 'prod',
    at: AT,
    settings: DEFAULT_SETTINGS,
    objects,
    workloads: workloads.map((text) => {
      const [namespace = '', kind = '', name = ''] = text.split('/');
      return { namespace, kind, name, labels: [], annotations: [] };
    }),
    traffic,
    unread: [],
    notes: [],
  };
  const manifests = writes.map((object) => ({ object, file: 'a.yaml', line: 1, lineOf: () => 1 }));
  return judgedChange(
    baseline,
    { manifests, base: deletes, full: undefined, namespace: 'shop' },
    { ...entityModelSchema.parse({}), ...model },
  );
}

/** What a rule says a change causes. */
export const caused = (rule: GateRule, judged: JudgedChange): readonly Violation[] => rule.judge(judged).caused;

type Seen = Partial<Pick<Edge, 'count' | 'mTls' | 'unit' | 'identity' | 'shares'>>;

/** Calls between two workloads of `prod`, each named `namespace/Kind/name`. */
export function seen(from: string, to: string, port: number, given: Seen = {}): Edge {
  const node = (key: string) => {
    const [namespace, , name] = key.split('/');
    return { label: 'Workload', key: `prod/${key}`, name: `${namespace}/${name}` };
  };
  const count = given.count ?? 10;
  return {
    from: node(from),
    to: node(to),
    port,
    unit: 'requests',
    shares: [{ verdict: 'allowed', count, failures: 0, policies: [] }],
    count,
    mTls: true,
    identity: null,
    serverIdentities: [],
    first: AT - DAY,
    last: AT - 60_000,
    ...given,
  };
}
