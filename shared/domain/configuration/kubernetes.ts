import { z } from 'zod';
import { assumedRole } from './aws-scalars.ts';
import { httpUrl, path, pem, secret } from './scalars.ts';

const byKubeconfig = z.strictObject({
  kubeconfig: path.optional().describe('Default: $KUBECONFIG, then ~/.kube/config.'),
  context: z.string().min(1).optional().describe('Default: the current context.'),
});

const byServer = z.strictObject({
  server: httpUrl.describe('URL of the Kubernetes API server.'),
  token: secret,
  caFile: path.optional().describe("The cluster's CA certificate (PEM)."),
  ca: pem.optional().describe("The cluster's CA certificate itself, instead of caFile."),
});

const byEks = z.strictObject({
  eks: z
    .string()
    .regex(/^[A-Za-z0-9][\w-]{0,99}$/, { error: 'expected the name of an EKS cluster' })
    .describe(
      'Name of an Amazon EKS cluster: address and CA are asked of EKS, the token is signed with AWS credentials.',
    ),
  ...assumedRole,
});

/** How a cluster's API server is reached: as kubectl does, by address and token, or as an EKS cluster by name. */
export const kubernetesAccess = z.union([byKubeconfig, byServer, byEks], {
  error: 'expected {context: ...} of a kubeconfig, {server: ..., token: ...} or {eks: NAME}',
});

export type KubernetesAccess = z.infer<typeof kubernetesAccess>;
export type EksAccess = z.infer<typeof byEks>;
