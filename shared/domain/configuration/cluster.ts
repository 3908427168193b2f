import { z } from 'zod';
import { kubernetesAccess } from './kubernetes.ts';
import { prometheusSource } from './prometheus.ts';

/** One Kubernetes cluster with Linkerd. Its name begins every key of the graph, so it must never change. */
export const cluster = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, {
      error: 'expected 1 to 63 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
    })
    .describe('Begins every key of the graph: never change it.'),
  kubernetes: kubernetesAccess.prefault({}),
  prometheus: prometheusSource.prefault({ through: 'kubernetes' }),
});

export type ClusterConfiguration = z.infer<typeof cluster>;

export const clusters = z
  .array(cluster)
  .min(1, { error: 'expected at least one cluster, like {name: prod}' })
  .superRefine((list, context) => {
    list.forEach(({ name }, index) => {
      if (list.findIndex((other) => other.name === name) === index) return;
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        input: name,
        message: 'expected a name no other cluster has',
      });
    });
  })
  .prefault([{ name: 'default' }])
  .describe('Default: one cluster named "default", the current context of the kubeconfig.');
