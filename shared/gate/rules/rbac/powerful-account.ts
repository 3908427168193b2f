import { SEVERITIES, type Severity } from '../../../checks/check.ts';
import type { KnownWorkload } from '../../../linkerd/explain/known-workloads.ts';
import { workloadKey } from '../../../linkerd/explain/observed.ts';
import { podPlaces, touchedPlaces } from '../../access/touched-places.ts';
import type { GateRule, JudgedChange, Violation } from '../../rule.ts';
import { accountKey } from '../../service-accounts.ts';
import { type Gain, gainsByAccount, type RunsNow } from './gains-by-account.ts';
import { gravityOf, powersInWords, scopeInWords, stepped } from './gravity.ts';
import { wayTo } from './reach.ts';

export const powerfulAccount: GateRule = {
  id: 'powerful-account',
  group: 'rbac',
  title: 'no workload comes to run as a ServiceAccount with dangerous powers',
  severity: 'high',
  rationale:
    'A workload that moves to another ServiceAccount, a new one, and one that is given the token of its account may do whatever bindings gave to that account long ago; no binding changes. Told are powers that what it ran as before did not have, weighed as dangerous-binding weighs them, and one step graver where calls were seen and let in to the workload from an exposed one, directly or over others. Low where what it ran as before is not known. Nothing is told where automountServiceAccountToken: false keeps the token out of the pods, nor of powers the same change binds: that is dangerous-binding.',
  remedy: 'Run it as a ServiceAccount of its own, with a role of only the verbs and resources it uses.',
  columns: ['workload', 'namespace', 'kind', 'account', 'before', 'powers', 'bindings', 'reachedFrom'],
  judge: (judged) => ({
    caused: gainsByAccount(judged).flatMap((one) => toViolation(one, judged) ?? []),
    existing: [],
  }),
};

function toViolation(run: RunsNow, judged: JudgedChange): Violation | undefined {
  const { workload, account, ranAs, succeeds, gains } = run;
  const { namespace, kind, name } = workload;
  const wayOf = (one: KnownWorkload) => wayTo(judged, workloadKey(judged.baseline.cluster, one));
  const way = wayOf(workload);
  // What only got another name may no more than before, unless it is nearer to the outside than it was.
  if (succeeds.length > 0 && (way === undefined || succeeds.some(wayOf))) return undefined;
  const shown = `${namespace}/${name}`;
  const bindings = [...new Set(gains.map(({ grant }) => grant.binding))];
  const reached = way === undefined ? '' : `; it can be reached from outside (${way}), which makes it graver`;
  const [, accountName = ''] = account.split('/');
  return {
    message: `${kind} ${shown} ${howItRuns(run)}, which may ${gainsInWords(gains)} by ${bindings.join(' and ')}${reached}: run it as one with no more than it uses`,
    severity: ranAs === 'unknown' ? 'low' : stepped(gravest(gains), way === undefined ? 0 : -1),
    places: touchedPlaces(judged, [
      ...podPlaces(judged, workload, 'spec.serviceAccountName'),
      { key: accountKey(namespace, accountName), field: 'automountServiceAccountToken' },
    ]),
    fingerprint: [namespace, kind, name, account, ...gains.map(({ power, scope }) => `${power}@${scope ?? ''}`).sort()],
    row: {
      workload: shown,
      namespace,
      kind,
      account,
      before: ranAs === 'unknown' ? null : ranAs,
      powers: [...new Set(gains.map(({ power }) => power))],
      bindings,
      reachedFrom: way ?? null,
    },
  };
}

function howItRuns({ account, ranAs }: RunsNow): string {
  const whom = `ServiceAccount ${account}`;
  if (ranAs === 'unknown') return `runs as ${whom} (what it ran as before is not known)`;
  if (ranAs.length === 0) return `is new and runs as ${whom}`;
  return ranAs.includes(account)
    ? `gets the token of its ${whom}`
    : `runs as ${whom} instead of ${ranAs.join(' and ')}`;
}

/** `do everything in the whole cluster`, `read secrets, make pods in namespace shop`: what is held everywhere once. */
function gainsInWords(gains: readonly Gain[]): string {
  const byScope = [...Map.groupBy(gains, ({ scope }) => scope)].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  return byScope
    .map(([scope, own]) => {
      const powers = [...new Set(own.map(({ power }) => power))];
      return `${powersInWords(powers.includes('wildcard') ? ['wildcard'] : powers)} ${scopeInWords(scope)}`;
    })
    .join(' and ');
}

function gravest(gains: readonly Gain[]): Severity {
  const all = new Set(gains.map(({ power, scope }) => gravityOf([power], scope)));
  return SEVERITIES.find((severity) => all.has(severity)) ?? 'high';
}
