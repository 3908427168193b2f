import { z } from 'zod';
import { defineCheck } from '../check.ts';
import population from './population.cypher';
import query from './query.cypher';

const readRow = z.object({ key: z.string(), name: z.string(), spec: z.string(), found: z.array(z.string()) });

export const authorizationVoid = defineCheck({
  id: 'authorization-void',
  group: 'orphans',
  title: 'what authorizations require exists',
  severity: 'medium',
  rationale:
    'An AuthorizationPolicy requires an authentication or a ServiceAccount that is not there: Linkerd then takes the whole ' +
    'policy for void, and those it was to admit are turned away.',
  remedy: 'Create what is missing, or correct the reference.',
  needs: {
    traffic: false,
    families: ['authorizationpolicies.policy.linkerd.io', 'authorizationpolicies/requirements', 'serviceaccounts'],
  },
  parameters: [],
  query,
  population: { noun: 'AuthorizationPolicies', query: population },
  controls: ['soc2-cc6.1', 'iso27001-a.5.15', 'nist-ac-3'],
  step: {
    reads: readRow,
    reduce: (rows) =>
      rows.flatMap(({ key, name, spec, found }) => {
        const missing = requiredBy(name, spec).filter((one) => !found.includes(one));
        return missing.length === 0 ? [] : [{ key, name, missing }];
      }),
  },
  row: z.object({ key: z.string(), name: z.string(), missing: z.array(z.string()) }),
  message: ({ name, missing }) =>
    `AuthorizationPolicy ${name} requires ${missing.join(', ')}, which ${missing.length === 1 ? 'does' : 'do'} not exist: it admits nobody`,
  about: ({ key }) => [{ label: 'AuthorizationPolicy', key }],
  fingerprint: ({ key }) => [key],
});

type Ref = { readonly kind: string; readonly name: string; readonly namespace?: string };

/** `MeshTLSAuthentication shop/web`, one each. */
function requiredBy(policy: string, spec: string): string[] {
  const { requiredAuthenticationRefs = [] } = JSON.parse(spec) as {
    readonly requiredAuthenticationRefs?: readonly Ref[];
  };
  const [own] = policy.split('/');
  return requiredAuthenticationRefs.map(({ kind, name, namespace = own }) => `${kind} ${namespace}/${name}`);
}
