import { z } from 'zod';
import { InvalidInputError } from '../domain/errors.ts';
import { misshapen } from '../linkerd/policy/object-shapes.ts';
import { groupKind } from '../linkerd/policy/policy-object.ts';
import type { Placed } from './change.ts';
import { shownObject } from './object-key.ts';

const texts = z.array(z.string()).optional();
const labels = z.record(z.string(), z.string()).optional();
const expressions = z.array(z.looseObject({ key: z.string(), operator: z.string(), values: texts })).optional();
const selector = z.looseObject({ matchLabels: labels, matchExpressions: expressions });
const rule = { verbs: texts, apiGroups: texts, resources: texts, resourceNames: texts, nonResourceURLs: texts };
const role = z.looseObject({
  rules: z.array(z.looseObject(rule)).optional(),
  aggregationRule: z.looseObject({ clusterRoleSelectors: z.array(selector).optional() }).optional(),
});
const subject = z.looseObject({ kind: z.string(), name: z.string(), namespace: z.string().optional() });
const binding = z.looseObject({
  roleRef: z.looseObject({ kind: z.string(), name: z.string() }),
  subjects: z.array(subject).optional(),
});

/** The types of the fields of RBAC that are read (rbac.authorization.k8s.io/v1). */
const RBAC: Readonly<Record<string, z.ZodType>> = {
  'Role.rbac.authorization.k8s.io': role,
  'ClusterRole.rbac.authorization.k8s.io': role,
  'RoleBinding.rbac.authorization.k8s.io': binding,
  'ClusterRoleBinding.rbac.authorization.k8s.io': binding,
};

/**
 * Throws InvalidInputError, with file and line, for an object with a field of another type than its kind has: no cluster stores
 * it, so that nobody can say how it would be with it. Labels and annotations are left to the rules.
 */
export function refuseMisshapen(placed: Placed): void {
  const { object, file, lineOf } = placed;
  const [wrong] = [...misshapen(object).filter(({ field }) => !field.startsWith('metadata.')), ...rbacIssues(object)];
  if (wrong === undefined) return;
  throw new InvalidInputError(
    `${file}:${lineOf(wrong.field)}: no cluster takes ${shownObject(object)}: ${wrong.field}: ${wrong.message}`,
  );
}

const rbacIssues = (object: Placed['object']) =>
  (RBAC[groupKind(object)]?.safeParse(object).error?.issues ?? []).map(({ path, message }) => ({
    field: path
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
      .join('')
      .slice(1),
    message,
  }));
