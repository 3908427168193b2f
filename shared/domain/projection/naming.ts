import type { Entity } from '../observation.ts';
import type { Properties } from './changes.ts';

/** Properties that follow from a node's key. Traffic sets them on nodes that no scan knows, so they are no description. */
const NAMING: readonly string[] = ['name', 'namespace', 'kind', 'form', 'address'];

export const namingOf = (props: Entity['props']): Properties => pick(props, (name) => NAMING.includes(name));

/** What a scan may tell differently next time. */
export const descriptionOf = (props: Entity['props']): Properties => pick(props, (name) => !NAMING.includes(name));

const pick = (props: Entity['props'], keep: (name: string) => boolean): Properties =>
  Object.fromEntries(Object.entries(props).filter(([name]) => keep(name)));
