/** A change to the recorded mesh after which nobody who calls emojivoto/voting is admitted; line 5 is to blame. */
export const TIGHTENED_VOTING = `apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: web-only, namespace: emojivoto }
spec:
  identities:
    - emoji.emojivoto.serviceaccount.identity.linkerd.cluster.local
`;
