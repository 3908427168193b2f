/** `error`: the API server or Linkerd's webhook refuses it. `warning`: it is taken, but does not do what it seems to. */
export type LintFinding = {
  readonly severity: 'error' | 'warning';
  /** Where, as a path of fields: `spec.rules[0].matches[0].path`. */
  readonly field: string;
  readonly message: string;
};

export const refused = (field: string, message: string): LintFinding => ({ severity: 'error', field, message });

export const odd = (field: string, message: string): LintFinding => ({ severity: 'warning', field, message });

/** What one object is looked at with. */
export type LintContext = {
  /** Where an object without a namespace would go. */
  readonly namespace: string;
  readonly clusterNetworks: readonly string[];
  /** Ports and selectors of the other Servers of the namespace, as JSON. */
  readonly otherServers: readonly { readonly name: string; readonly claim: string }[];
};
