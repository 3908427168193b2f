import { type EntityModel, entityModelAnnotations } from '../domain/entity-model.ts';
import type { Metadata } from './kubernetes-object.ts';

export const IRSA_ANNOTATION = 'eks.amazonaws.com/role-arn';

/** Counts up with every change of the remote object: it would make a change of every scan. */
const TICKING = 'mirror.linkerd.io/remote-resource-version';

/** Decides which annotations leave the cluster: Linkerd's own, the AWS role, and those the entity model names. */
export type KeepAnnotation = (name: string) => boolean;

export function keptAnnotations(model: EntityModel): KeepAnnotation {
  const wanted = entityModelAnnotations(model);
  return (name) =>
    name !== TICKING && (/^([^/]+\.)?linkerd\.io\//.test(name) || name === IRSA_ANNOTATION || wanted.has(name));
}

export function pickAnnotations(annotations: Metadata['annotations'], keep: KeepAnnotation): Record<string, string> {
  return Object.fromEntries(Object.entries(annotations ?? {}).filter(([name]) => keep(name)));
}
