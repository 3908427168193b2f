import { nearest } from '../../domain/configuration/nearest.ts';
import { RESOURCES, type Resource } from '../resources.ts';

type Unknown = { readonly field: 'apiVersion' | 'kind'; readonly message: string };

/** Groups of which all kinds are Linkerd's own; Gateway API has many that say nothing of who may call whom. */
const WHOLE = /^policy\.linkerd\.io$/;

/**
 * Why an object of Linkerd or Gateway API cannot be understood: a version whose fields nobody knows may say anything.
 * undefined = its version is known, or its kind is none that is judged.
 */
export function whyUnknownVersion({ apiVersion, kind }: { apiVersion: string; kind: string }): Unknown | undefined {
  const [group = '', version = ''] = apiVersion.split('/');
  if (!group.endsWith('linkerd.io') && group !== 'gateway.networking.k8s.io') return undefined;
  const ofGroup = RESOURCES.filter((one: Resource<string>) => one.group === group);
  const known = ofGroup.find((one) => one.kind === kind);
  if (known === undefined) {
    if (!WHOLE.test(group)) return undefined;
    const close = nearest(
      kind,
      ofGroup.map((one) => one.kind),
    );
    const hint = close ? `did you mean ${close}?` : `known: ${ofGroup.map((one) => one.kind).join(', ')}`;
    return { field: 'kind', message: `${group} has no kind ${kind}; ${hint}` };
  }
  const versions: readonly string[] = known.versions;
  if (versions.includes(version)) return undefined;
  return { field: 'apiVersion', message: `${kind} of ${apiVersion} is not known; known: ${versions.join(', ')}` };
}
