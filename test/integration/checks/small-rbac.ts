import type { Entity, Relation } from '../../../shared/domain/observation.ts';
import { CLUSTER, keyOf, relation } from './small-mesh.ts';
import type { Facts } from './small-policy.ts';

type Ref = Pick<Entity, 'label' | 'key'>;

const lastOf = (key: string): string => key.split('/').at(-1) ?? '';

/** `ClusterRole/admins`, or `shop/Role/readers`. */
export const roleRef = (name: string): Ref => ({ label: 'Role', key: `${CLUSTER}/${name}` });

/** A role with these powers (`readsSecrets`...). */
export function role(name: string, powers: readonly string[] = [], props: Entity['props'] = {}): Entity {
  const [namespace, kind] = name.includes('/Role/') ? [name.split('/')[0], 'Role'] : [undefined, 'ClusterRole'];
  return {
    ...roleRef(name),
    family: kind === 'Role' ? 'roles' : 'clusterroles',
    props: {
      name: lastOf(name),
      kind,
      ...(namespace !== undefined && { namespace }),
      ...Object.fromEntries(powers.map((power) => [power, true])),
      ...props,
    },
  };
}

export const account = (name: string): Ref => ({ label: 'ServiceAccount', key: keyOf('ServiceAccount', name) });

/** `Group` or `User`, by name. */
export const subject = (kind: 'Group' | 'User', name: string): Entity => ({
  label: 'Subject',
  key: `${CLUSTER}/${kind}/${name}`,
  family: 'bindings',
  props: { name, kind },
});

/** `RoleBinding/readers` holds in `namespace`. */
export const bound = (from: Ref, to: Ref, binding: string, namespace?: string): Relation => ({
  ...relation('BOUND_TO', 'bindings', from, to),
  props: { binding, ...(namespace !== undefined && { namespace }) },
});

/** Roles, subjects and what binds them. */
export const rbac = (entities: readonly Entity[], relations: readonly Relation[]): Facts => ({ entities, relations });
