import { entityModelSchema } from '../../../../shared/domain/entity-model.ts';
import type { Baseline } from '../../../../shared/gate/baseline.ts';
import { judgeChange } from '../../../../shared/gate/judge-change.ts';
import { layOver } from '../../../../shared/gate/lay-over.ts';
import type { GateReport } from '../../../../shared/gate/report.ts';
import { GATE_RULES } from '../../../../shared/gate/rules/registry.ts';
import type { PolicyObject } from '../../../../shared/linkerd/policy/policy-object.ts';

/** Calls that pass no longer, those that depend on an address nobody knows among them, and those only audit let in. */
export const DENIED: ReadonlySet<string> = new Set(['calls-denied', 'calls-may-be-denied', 'audited-calls-denied']);

const changeOf = (objects: readonly PolicyObject[]) => ({
  manifests: objects.map((object) => ({ object, file: 'suggested.yaml', line: 1, lineOf: () => 1 })),
  base: [],
  full: undefined,
  namespace: 'default',
});

/** What every rule of the gate has to say of objects that are applied. */
export function judgeSuggestion(baseline: Baseline, objects: readonly PolicyObject[]): Promise<GateReport> {
  const rules = GATE_RULES.map((rule) => ({ rule, severity: undefined, exceptions: [] }));
  return judgeChange(baseline, changeOf(objects), { model: entityModelSchema.parse({}), rules, now: baseline.at });
}

/** The mesh once the objects are applied, in which the same calls are seen. */
export const applied = (baseline: Baseline, objects: readonly PolicyObject[]): Baseline => ({
  ...baseline,
  objects: layOver(baseline.objects, changeOf(objects)).objects.map((object) => ({
    ...object,
    metadata: { creationTimestamp: new Date(baseline.at).toISOString(), ...object.metadata },
  })),
});

type Lists = Readonly<Record<string, readonly unknown[] | undefined>>;
export type Mutation = { readonly without: string; readonly objects: readonly PolicyObject[] };

/** The objects without one of the lines that admit somebody: an identity, a network, an authentication, a policy. */
export function withoutOneLine(objects: readonly PolicyObject[]): Mutation[] {
  return objects.flatMap((object, at): Mutation[] => {
    const { kind, metadata } = object;
    const instead = (what: string, ...others: PolicyObject[]): Mutation => ({
      without: `${what} of ${kind} ${metadata.namespace}/${metadata.name}`,
      objects: objects.toSpliced(at, 1, ...others),
    });
    if (kind === 'Server') {
      const { accessPolicy } = object.spec as { accessPolicy: string };
      return accessPolicy === 'deny'
        ? []
        : [instead('accessPolicy', { ...object, spec: { ...(object.spec as object), accessPolicy: 'deny' } })];
    }
    const items = ['identityRefs', 'identities', 'networks'].flatMap((field) => {
      const list = (object.spec as Lists)[field] ?? [];
      if (list.length < 2) return [];
      return list.map((item, index) =>
        instead(JSON.stringify(item), {
          ...object,
          spec: { ...(object.spec as object), [field]: list.toSpliced(index, 1) },
        }),
      );
    });
    return [instead('all'), ...items];
  });
}
