import { z } from 'zod';
import { nearest } from '../../domain/configuration/nearest.ts';
import { InvalidInputError, NotFoundError } from '../../domain/errors.ts';
import type { NamedNode } from '../question.ts';

export const referenceRow = z.object({
  label: z.string(),
  key: z.string(),
  namespace: z.string().nullable(),
  kind: z.string().nullable(),
  name: z.string().nullable(),
});
export type Candidate = z.infer<typeof referenceRow>;

const KIND_ALIASES: Readonly<Record<string, string>> = {
  deploy: 'deployment',
  sts: 'statefulset',
  ds: 'daemonset',
  svc: 'service',
  cj: 'cronjob',
  po: 'pod',
  rs: 'replicaset',
};

/** `namespace/name` for what lives in one, the bare name for the rest; the caller without identity by that word. */
export function nameOf({ label, namespace, name, key }: Candidate): string {
  if (label === 'Unauthenticated') return 'unauthenticated';
  return namespace === null ? (name ?? key) : `${namespace}/${name}`;
}

/**
 * The node meant by `namespace/name`, `namespace/kind/name`, an identity, an external address or `unauthenticated`, or by
 * a bare name only one has. Of equal names a workload is meant before a Service, since the two usually share one.
 * Throws NotFoundError with the nearest names, InvalidInputError when several are meant.
 */
export function resolveReference(
  text: string,
  candidates: readonly Candidate[],
  labels: readonly string[],
  source = 'the graph',
): NamedNode {
  const eligible = candidates.filter(({ label }) => labels.includes(label));
  const matching = matches(text, eligible);
  const workloads = matching.filter(({ label }) => label === 'Workload');
  const meant = workloads.length > 0 ? workloads : matching;
  const [found, ...others] = meant;
  if (found && others.length === 0) return { label: found.label, key: found.key, name: nameOf(found) };
  if (found) {
    const choices = meant.map((one) => `${one.namespace ?? one.label}/${kindOf(one)}/${one.name}`).join(', ');
    throw new InvalidInputError(`"${text}" can mean ${choices}: name the kind too`);
  }
  throw new NotFoundError(`${source} knows no ${labels.map(words).join(' or ')} "${text}"; ${hint(text, eligible)}`);
}

function matches(text: string, candidates: readonly Candidate[]): Candidate[] {
  const whole = candidates.filter((one) => nameOf(one) === text);
  if (whole.length > 0) return whole;
  const [namespace, kind, ...rest] = text.split('/');
  if (rest.length > 0) {
    const wanted = KIND_ALIASES[lower(kind ?? '')] ?? lower(kind ?? '');
    return candidates.filter(
      (one) => one.namespace === namespace && lower(kindOf(one)) === wanted && one.name === rest.join('/'),
    );
  }
  return kind === undefined ? candidates.filter(({ name }) => name === text) : [];
}

const FEW = 8;

function hint(text: string, candidates: readonly Candidate[]): string {
  const names = [...new Set(candidates.map(nameOf))].sort();
  const bare = text.slice(text.lastIndexOf('/') + 1);
  const sameName = names.filter((name) => name.slice(name.lastIndexOf('/') + 1) === bare).slice(0, 3);
  const close = sameName.length > 0 ? sameName : [nearest(text, names)].filter((name) => name !== undefined);
  if (close.length > 0) return `did you mean ${close.join(' or ')}?`;
  if (names.length === 0) return 'it knows none at all';
  return names.length <= FEW ? `it knows ${names.join(', ')}` : 'names are written like namespace/name';
}

/** `EgressNetwork` as `egress network`. */
const words = (label: string): string => label.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
const kindOf = ({ kind, label }: Candidate): string => kind ?? label;
const lower = (text: string): string => text.toLowerCase();
