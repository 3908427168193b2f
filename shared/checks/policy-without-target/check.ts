import { z } from 'zod';
import { parseDuration } from '../../domain/duration.ts';
import { defineCheck } from '../check.ts';
import { missingTarget } from './missing-target.ts';
import population from './population.cypher';
import query from './query.cypher';

const readRow = z.object({
  label: z.string(),
  key: z.string(),
  kind: z.string(),
  name: z.string(),
  spec: z.string(),
});

export const policyWithoutTarget = defineCheck({
  id: 'policy-without-target',
  group: 'orphans',
  title: 'policy applies to something',
  severity: 'low',
  rationale:
    'A Server that selects no pod, an authorization, rate limit or route of something that is not there, a ServiceProfile of ' +
    'no Service: Kubernetes takes it and nothing happens. What it was to protect is gone, or was renamed and is open. Left ' +
    'out: routes of Gateways and profiles of names outside the cluster, which the graph does not know.',
  remedy: 'Correct the name or the selector, or delete the object.',
  needs: {
    traffic: false,
    families: [
      'servers.policy.linkerd.io',
      'servers/selection',
      'authorizationpolicies.policy.linkerd.io',
      'authorizationpolicies/targets',
      'serverauthorizations.policy.linkerd.io',
      'serverauthorizations/targets',
      'httplocalratelimitpolicies.policy.linkerd.io',
      'ratelimits/targets',
      'httproutes.policy.linkerd.io',
      'routes/httproutes.policy.linkerd.io',
      'httproutes.gateway.networking.k8s.io',
      'routes/httproutes.gateway.networking.k8s.io',
      'grpcroutes.gateway.networking.k8s.io',
      'routes/grpcroutes.gateway.networking.k8s.io',
      'serviceprofiles.linkerd.io',
      'services/profiles',
    ],
  },
  parameters: [
    {
      name: 'grace',
      meaning: 'how long policy may apply to nothing, since it was made or since what it applied to went',
      defaultMs: parseDuration('1d'),
    },
  ],
  query,
  population: { noun: 'policy objects', query: population },
  controls: ['soc2-cc7.1', 'iso27001-a.8.22', 'nist-cm-8'],
  step: {
    reads: readRow,
    reduce: (rows) =>
      rows.flatMap(({ spec, ...row }) => {
        const problem = missingTarget({ ...row, spec });
        return problem === undefined ? [] : [{ ...row, problem }];
      }),
  },
  row: readRow.omit({ spec: true }).extend({ problem: z.string() }),
  message: ({ kind, name, problem }) => `${kind} ${name} ${problem}: it has no effect`,
  about: ({ label, key }) => [{ label, key }],
  fingerprint: ({ key }) => [key],
});
