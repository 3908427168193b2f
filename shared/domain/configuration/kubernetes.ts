import { z } from 'zod';
import { httpUrl, path, secret } from './scalars.ts';

const byKubeconfig = z.strictObject({
  kubeconfig: path.optional().describe('Default: $KUBECONFIG, then ~/.kube/config.'),
  context: z.string().min(1).optional().describe('Default: the current context.'),
});

const byServer = z.strictObject({
  server: httpUrl.describe('URL of the Kubernetes API server.'),
  token: secret,
  caFile: path.optional().describe("The cluster's CA certificate (PEM)."),
});

/** How a cluster's API server is reached: as kubectl does, or by address and token. */
export const kubernetesAccess = z.union([byKubeconfig, byServer], {
  error: 'expected {context: ...} of a kubeconfig, or {server: ..., token: ...}',
});

export type KubernetesAccess = z.infer<typeof kubernetesAccess>;
