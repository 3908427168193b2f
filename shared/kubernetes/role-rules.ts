/** One PolicyRule of a Role or ClusterRole. */
export type Rule = {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
};

/**
 * "get,list secrets,deployments.apps (only web)": resources carry their group, core has none. The URL "*" is written "/*",
 * which is every path too, so that it is told from the core resource "*".
 */
export function ruleText(rule: Rule): string {
  const groups = rule.apiGroups ?? [];
  const resources = (rule.resources ?? []).flatMap((resource) =>
    groups.map((group) => (group === '' ? resource : `${resource}.${group}`)),
  );
  const urls = (rule.nonResourceURLs ?? []).map((url) => (url === '*' ? '/*' : url));
  const subjects = [...resources, ...urls].sort().join(',');
  const only = rule.resourceNames?.length ? ` (only ${[...rule.resourceNames].sort().join(',')})` : '';
  return `${[...rule.verbs].sort().join(',')} ${subjects}${only}`;
}

/** The rule a text of `ruleText` was made of: it grants the same. */
export function parseRule(text: string): Rule {
  const [, verbs = '', subjects = '', only] = /^(\S*) (\S*)(?: \(only (.*)\))?$/.exec(text) ?? [];
  const [urls, resources] = [true, false].map((isUrl) => list(subjects).filter((one) => one.startsWith('/') === isUrl));
  // Groups have dots and resources have none. Every resource is written with every group.
  const split = (resources ?? []).map((one) => /^([^.]*)\.?(.*)$/.exec(one) ?? []);
  return {
    verbs: list(verbs),
    ...(split.length > 0 && {
      apiGroups: [...new Set(split.map(([, , group = '']) => group))],
      resources: [...new Set(split.map(([, resource = '']) => resource))],
    }),
    ...(only !== undefined && { resourceNames: list(only) }),
    ...(urls?.length && { nonResourceURLs: urls }),
  };
}

const list = (text: string): string[] => (text === '' ? [] : text.split(','));

const READ = ['get', 'list', 'watch'];
const CHANGE = ['create', 'update', 'patch'];
const RBAC = 'rbac.authorization.k8s.io';

/**
 * The dangerous powers of a set of rules. A rule limited to resourceNames counts in full: which names matter is for
 * the reader of `rules` to see. Matching as in Kubernetes' RBAC authorizer (pkg/apis/rbac/v1/evaluation_helpers.go).
 */
export function powers(rules: readonly Rule[]): Readonly<Record<string, boolean>> {
  const may = (verbs: readonly string[], group: string, resources: readonly string[]) =>
    rules.some((rule) => grants(rule, verbs, group, resources));
  return {
    readsSecrets: may(READ, '', ['secrets']),
    writesSecrets: may(CHANGE, '', ['secrets']),
    // A websocket exec is a GET, and older API servers let it pass with that verb alone.
    execs: may(['create', 'get'], '', ['pods/exec', 'pods/attach']),
    escalates: may(['escalate', 'bind'], RBAC, ['roles', 'clusterroles']),
    impersonates: may(['impersonate'], '', ['users', 'groups', 'serviceaccounts']),
    createsTokens: may(['create'], '', ['serviceaccounts/token']),
    createsPods:
      may(['create'], '', ['pods']) ||
      may(CHANGE, '', ['replicationcontrollers']) ||
      may(CHANGE, 'apps', ['deployments', 'replicasets', 'statefulsets', 'daemonsets']) ||
      may(CHANGE, 'batch', ['jobs', 'cronjobs']),
    editsPolicy: rules.some(
      (rule) => overlaps(rule.verbs, [...CHANGE, 'delete', 'deletecollection']) && changesPolicy(rule),
    ),
    wildcard: rules.some((rule) => has(rule.verbs, '*') && has(rule.apiGroups, '*') && has(rule.resources, '*')),
  };
}

function grants(rule: Rule, verbs: readonly string[], group: string, resources: readonly string[]): boolean {
  return overlaps(rule.verbs, verbs) && overlaps(rule.apiGroups, [group]) && resources.some((r) => covers(rule, r));
}

// "*" is every resource and subresource, "*/scale" that subresource of every resource.
function covers(rule: Rule, resource: string): boolean {
  const [, subresource] = resource.split('/');
  const own = rule.resources ?? [];
  return overlaps(own, [resource]) || (subresource !== undefined && own.includes(`*/${subresource}`));
}

const changesPolicy = (rule: Rule): boolean =>
  overlaps(rule.apiGroups, ['policy.linkerd.io']) && (rule.resources ?? []).length > 0;

const has = (values: readonly string[] | undefined, value: string): boolean => values?.includes(value) ?? false;

const overlaps = (values: readonly string[] | undefined, wanted: readonly string[]): boolean =>
  (values ?? []).some((value) => value === '*' || wanted.includes(value));
