import { namespaceOf, type PolicyObject, type Ref } from '../../linkerd/policy/policy-object.ts';

/**
 * Gives out stems: `wanted`, or the nearest to it with which every name that ends in one of `endings` is a DNS label that no
 * object of Linkerd policy in the namespace has or waits for. Each once.
 */
export type FreeNames = (namespace: string, wanted: string, endings: readonly string[]) => string;

const LONGEST = 63;
const POLICY = /(^|\.)(policy\.linkerd\.io|gateway\.networking\.k8s\.io)\//;

export function freeNames(objects: readonly PolicyObject[]): FreeNames {
  const taken = new Set(objects.filter(({ apiVersion }) => POLICY.test(apiVersion)).flatMap(namesIn));
  return (namespace, wanted, endings) => {
    const room = LONGEST - Math.max(...endings.map(({ length }) => length));
    for (let attempt = 1; ; attempt++) {
      const more = attempt === 1 ? '' : `-${attempt}`;
      const stem = dnsLabel(wanted, room - more.length) + more;
      const names = endings.map((ending) => `${namespace}/${stem}${ending}`);
      if (names.some((name) => taken.has(name))) continue;
      for (const name of names) taken.add(name);
      return stem;
    }
  };
}

const dnsLabel = (text: string, longest: number): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .slice(0, longest)
    .replace(/^-+|-+$/g, '') || 'policy';

type Spec = {
  readonly targetRef?: Ref;
  readonly server?: { readonly name?: string };
  readonly parentRefs?: readonly Ref[];
  readonly requiredAuthenticationRefs?: readonly Ref[];
};

/** Its own, and those it refers to: what waits for an object must not find another. */
function namesIn(object: PolicyObject): string[] {
  const { targetRef, server, parentRefs = [], requiredAuthenticationRefs = [] } = (object.spec ?? {}) as Spec;
  const home = namespaceOf(object);
  const refs = [...parentRefs, ...requiredAuthenticationRefs, ...(targetRef ? [targetRef] : [])];
  return [
    `${home}/${object.metadata.name}`,
    ...(server?.name === undefined ? [] : [`${home}/${server.name}`]),
    ...refs.map(({ namespace = home, name }) => `${namespace}/${name}`),
  ];
}
