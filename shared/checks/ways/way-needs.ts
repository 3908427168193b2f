import type { CheckNeeds } from '../check.ts';

/** What a check that walks over calls (hops.cypher, facts.cypher) must know. */
export const wayNeeds = {
  traffic: true,
  families: [
    'entity-model',
    'namespaces',
    'workloads',
    'workloads/accounts',
    'identities',
    'authorizationpolicies/targets',
    'authorizationpolicies/requirements',
  ],
} as const satisfies CheckNeeds;
