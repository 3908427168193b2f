import { z } from 'zod';
import { clusterWideKey, externalKey, namespaceKey } from './keys.ts';
import type { Entity, Relation } from './observation.ts';

/** The fact family of everything the entity model adds: it needs the workloads and the namespaces they inherit from. */
export const ENTITY_MODEL_FAMILY = 'entity-model';

/** An annotation may hold a quarter of a megabyte: no name of a team or class is as long as this. */
const LONGEST_VALUE = 253;

const names = z.array(z.string().min(1));

const source = (wellKnown: readonly string[], meaning: string) =>
  z
    .strictObject({
      labels: names.default([...wellKnown]).describe('Kubernetes labels to look at, first match wins'),
      annotations: names.default([...wellKnown]).describe('annotations to look at when no label matched'),
    })
    .prefault({})
    .describe(meaning);

export const FACET_NAMES = ['owner', 'environment', 'exposure', 'dataClass'] as const;
export type Facet = (typeof FACET_NAMES)[number];

const facets = z.array(z.enum(FACET_NAMES)).default([]);

const entry = z.strictObject({
  owner: z.string().min(1).optional(),
  environment: z.string().min(1).optional(),
  exposure: z.string().min(1).optional(),
  dataClasses: names.optional().describe('replaces what labels say; [] means none'),
});

/**
 * Which labels and annotations mean owner, environment, exposure and data class, and what has them without a label.
 * A value holds one name; a data class several, separated by commas. A workload inherits from its namespace.
 * Keys of `entities`: "namespace/name" (every workload of that name), "namespace", or the address of an external
 * (a host with a dot, or an IP). What stands there wins over labels; the workload wins over its namespace.
 */
export const entityModelSchema = z
  .strictObject({
    owner: source(['team', 'owner', 'app.kubernetes.io/owner', 'app.kubernetes.io/part-of'], 'the team that owns it'),
    environment: source(['environment', 'env', 'app.kubernetes.io/environment'], 'the environment it belongs to'),
    exposure: source(['exposure', 'network-exposure'], 'from where it may be reached'),
    dataClass: source(['data-classification', 'data-class'], 'the classes of data it holds'),
    entities: z.record(z.string().min(1), entry).default({}).describe('explicit entries by name'),
    required: z
      .strictObject({
        namespaces: facets.describe('what every namespace must tell'),
        workloads: facets.describe('what every workload must tell, itself or by its namespace'),
      })
      .prefault({})
      .describe('what manifests must tell for the gate to let them pass, and a check finds missing in the cluster'),
    knownDataClasses: names
      .min(1)
      .optional()
      .describe('the classes of data there are: the gate and a check tell any other. Default: any is known'),
  })
  .prefault({});

export type EntityModel = z.infer<typeof entityModelSchema>;
type Entry = z.infer<typeof entry>;

/** The relationship that leads from what tells a facet to what it tells. */
export const FACET_RELATIONSHIPS = {
  owner: 'OWNED_BY',
  environment: 'RUNS_IN',
  exposure: 'EXPOSED_TO',
  dataClass: 'HOLDS',
} as const satisfies Readonly<Record<Facet, string>>;

/** Each facet of the model with the node it makes and the relationship that leads there. */
const FACETS = [
  { facet: 'owner', label: 'Owner', type: FACET_RELATIONSHIPS.owner, onNamespace: true },
  { facet: 'environment', label: 'Environment', type: FACET_RELATIONSHIPS.environment, onNamespace: true },
  { facet: 'exposure', label: 'Exposure', type: FACET_RELATIONSHIPS.exposure, onNamespace: false },
  { facet: 'dataClass', label: 'DataClass', type: FACET_RELATIONSHIPS.dataClass, onNamespace: false },
] as const satisfies readonly { facet: Facet; label: string; type: string; onNamespace: boolean }[];

/** Keys of the entries that tell a facet, be it that there is none. */
export const entriesStating = (facet: Facet, { entities }: EntityModel): string[] =>
  Object.entries(entities).flatMap(([name, said]) => (explicit(facet, said) === undefined ? [] : [name]));

/** The annotations a reader must keep for the model to work. */
export function entityModelAnnotations(model: EntityModel): ReadonlySet<string> {
  return new Set(FACETS.flatMap(({ facet }) => model[facet].annotations));
}

/** What the model makes of one cluster's `Workload` and `Namespace` entities, and of the externals it names itself. */
export function applyEntityModel(
  cluster: string,
  entities: readonly Entity[],
  model: EntityModel,
): { entities: Entity[]; relations: Relation[] } {
  const nodes = new Map<string, Entity>();
  const relations: Relation[] = [];
  const add = (label: string, key: string, props: Entity['props']) => {
    nodes.set(`${label} ${key}`, { label, key, family: ENTITY_MODEL_FAMILY, props });
    return { label, key };
  };
  const relate = (from: { label: string; key: string }, facet: (typeof FACETS)[number], values: readonly string[]) => {
    for (const name of new Set(values)) {
      const to = add(facet.label, clusterWideKey(cluster, facet.label, name), { name });
      const start = { label: from.label, key: from.key };
      relations.push({ type: facet.type, from: start, to, family: ENTITY_MODEL_FAMILY, props: {} });
    }
  };

  const namespaces = new Map(entities.filter((e) => e.label === 'Namespace').map((e) => [e.key, e]));
  for (const namespace of namespaces.values()) {
    for (const facet of FACETS.filter((f) => f.onNamespace)) {
      relate(namespace, facet, statedBy(namespace, facet.facet, model) ?? []);
    }
  }
  for (const workload of entities.filter((e) => e.label === 'Workload')) {
    const inNamespace = String(workload.props.namespace);
    const namespace = namespaces.get(namespaceKey(cluster, inNamespace));
    for (const facet of FACETS) {
      const own = statedBy(workload, facet.facet, model);
      relate(workload, facet, own ?? (namespace && statedBy(namespace, facet.facet, model)) ?? []);
    }
  }
  for (const [address, said] of Object.entries(model.entities).filter(([name]) => isExternal(name))) {
    const external = add('External', externalKey(cluster, address), { name: address, address });
    for (const facet of FACETS) relate(external, facet, explicit(facet.facet, said) ?? []);
  }
  return { entities: [...nodes.values()], relations };
}

/** What one `Workload` or `Namespace` says of itself, without its namespace; undefined = nothing, `[]` = that it has none. */
export function statedBy(entity: Entity, facet: Facet, model: EntityModel): string[] | undefined {
  const { namespace, name } = entity.props;
  return stated(facet, entity, model, entity.label === 'Namespace' ? String(name) : `${namespace}/${name}`);
}

/** What one entity says of itself: its entry, else the first label, else the first annotation. */
function stated(facet: Facet, entity: Entity, model: EntityModel, name: string): string[] | undefined {
  const said = explicit(facet, model.entities[name] ?? {});
  if (said) return said;
  const { labels, annotations } = model[facet];
  const value = valueNamed(entity.props.labels, labels) ?? valueNamed(entity.props.annotations, annotations);
  if (value === undefined) return undefined;
  const parts = facet === 'dataClass' ? value.split(',') : [value];
  const values = parts.map((part) => part.trim().slice(0, LONGEST_VALUE)).filter(Boolean);
  return values.length > 0 ? values : undefined;
}

function explicit(facet: Facet, said: Entry): string[] | undefined {
  if (facet === 'dataClass') return said.dataClasses;
  const value = said[facet];
  return value === undefined ? undefined : [value];
}

function valueNamed(pairs: Entity['props'][string] | undefined, wanted: readonly string[]): string | undefined {
  if (!Array.isArray(pairs)) return undefined;
  for (const name of wanted) {
    const pair = pairs.find((p) => String(p).startsWith(`${name}=`));
    if (pair !== undefined) return String(pair).slice(name.length + 1);
  }
  return undefined;
}

/** Namespace names hold no dot and no colon; hosts and IP addresses do. */
function isExternal(name: string): boolean {
  return !name.includes('/') && /[.:]/.test(name);
}
