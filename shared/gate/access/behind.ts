import { identityKey } from '../../domain/keys.ts';
import { oncePer } from '../../domain/once-per.ts';
import { serviceAccountOf } from '../../kubernetes/pod-spec.ts';
import { isLetIn } from '../../questions/edges/shares.ts';
import { NO_FACTS } from '../entity-facts.ts';
import { podSpecs } from '../pod-specs.ts';
import type { JudgedChange } from '../rule.ts';
import { seenCalls } from './seen-calls.ts';
import type { TouchedWorkload } from './touched-workloads.ts';

/** What whoever calls a workload comes near to. */
export type Behind = {
  readonly dataClasses: readonly string[];
  readonly exposure: readonly string[];
  /** Dangerous powers of its ServiceAccount (shared/kubernetes/role-rules.ts). */
  readonly powers: readonly string[];
  /** What it was seen to call, where that holds data of a class it does not hold itself. */
  readonly onward: readonly { readonly name: string; readonly dataClasses: readonly string[] }[];
};

export function behind(judged: JudgedChange, workload: TouchedWorkload): Behind {
  const { facts, accounts, powers } = lookedUp(judged);
  const { from: callsFrom } = seenCalls(judged);
  const { dataClasses, exposure } = facts.get(workload.key) ?? NO_FACTS;
  const account = accounts(workload);
  const identities = new Set(workload.after.flatMap(({ identity }) => identity ?? []));
  const callers = [workload.key, ...[...identities].map((identity) => identityKey(judged.baseline.cluster, identity))];
  const onward = new Map(
    callers
      .flatMap((key) => callsFrom.get(key) ?? [])
      .filter(({ shares }) => shares.some(isLetIn))
      .map(({ to }) => {
        const further = (facts.get(to.key) ?? NO_FACTS).dataClasses.filter((name) => !dataClasses.includes(name));
        return [to.key, { name: to.name, dataClasses: further }] as const;
      }),
  );
  return {
    dataClasses,
    exposure,
    powers: account === undefined ? [] : [...(powers.get(account) ?? [])].sort(),
    onward: [...onward.values()].filter((one) => one.dataClasses.length > 0).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

const lookedUp = oncePer(({ after }: JudgedChange) => {
  const specs = podSpecs(after.objects);
  const powers = new Map<string, Set<string>>();
  for (const { subject, powers: given = [] } of after.grants) {
    if (subject.kind !== 'ServiceAccount') continue;
    const account = `${subject.namespace}/${subject.name}`;
    powers.set(account, new Set([...(powers.get(account) ?? []), ...given]));
  }
  return {
    facts: after.facts,
    accounts: ({ namespace, after: [instance] }: TouchedWorkload): string | undefined => {
      const spec = instance && specs(instance);
      return spec && `${namespace}/${serviceAccountOf(spec)}`;
    },
    powers,
  };
});

/** `it holds personal; its ServiceAccount reads secrets; one call further billing/ledger holds financial`; empty = nothing is. */
export function behindInWords({ dataClasses, exposure, powers, onward }: Behind): string {
  const shown = onward.slice(0, SHOWN).map((one) => `${one.name} holds ${one.dataClasses.join(', ')}`);
  const more = onward.length > SHOWN ? [`${onward.length - SHOWN} more hold data`] : [];
  return [
    ...(dataClasses.length > 0 ? [`it holds ${dataClasses.join(', ')}`] : []),
    ...(powers.length > 0 ? [`its ServiceAccount ${powers.map((power) => POWERS[power] ?? power).join(', ')}`] : []),
    ...(exposure.length > 0 ? [`it is exposed to ${exposure.join(', ')}`] : []),
    ...(onward.length > 0 ? [`one call further ${[...shown, ...more].join(', ')}`] : []),
  ].join('; ');
}

const SHOWN = 3;

const POWERS: Readonly<Record<string, string>> = {
  readsSecrets: 'reads secrets',
  writesSecrets: 'writes secrets',
  execs: 'runs commands in pods',
  escalates: 'escalates roles',
  impersonates: 'impersonates others',
  createsTokens: 'makes tokens',
  createsPods: 'creates pods',
  editsPolicy: 'edits Linkerd policy',
  wildcard: 'may do everything',
};
