import { clusterWideKey, namespacedKey } from '../domain/keys.ts';
import type { Entity, Relation } from '../domain/observation.ts';
import { IRSA_ANNOTATION, pickAnnotations } from './kept-annotations.ts';
import { createdAt, type KubernetesObject, known, pairs } from './kubernetes-object.ts';
import type { Intake } from './snapshot.ts';

export type ServiceAccountRow = {
  readonly entity: Entity;
  readonly namespace: string;
  readonly name: string;
  readonly awsRoleArn: string | undefined;
};

export function takeServiceAccount({ metadata }: KubernetesObject, intake: Intake): ServiceAccountRow {
  const { name, namespace = '' } = metadata;
  const props = known({
    name,
    namespace,
    labels: pairs(metadata.labels),
    annotations: pairs(pickAnnotations(metadata.annotations, intake.keepAnnotation)),
    createdAt: createdAt(metadata),
  });
  const key = serviceAccountKey(intake.cluster, namespace, name);
  const awsRoleArn = metadata.annotations?.[IRSA_ANNOTATION];
  return { entity: { label: 'ServiceAccount', key, family: 'serviceaccounts', props }, namespace, name, awsRoleArn };
}

export const serviceAccountKey = (cluster: string, namespace: string, name: string): string =>
  namespacedKey(cluster, namespace, 'ServiceAccount', name);

/**
 * The AWS roles ServiceAccounts may assume by IRSA (annotation eks.amazonaws.com/role-arn). EKS Pod Identity
 * associations live in the EKS API, not in the cluster, so they are not seen here.
 */
export function awsRoles(
  cluster: string,
  accounts: readonly ServiceAccountRow[],
): { entities: Entity[]; relations: Relation[] } {
  const family = 'serviceaccounts';
  const assuming = accounts.flatMap(({ entity, awsRoleArn: arn }) => (arn ? [{ entity, arn }] : []));
  const key = (arn: string) => clusterWideKey(cluster, 'AwsRole', arn);
  return {
    entities: [...new Set(assuming.map(({ arn }) => arn))].map((arn) => ({
      label: 'AwsRole',
      key: key(arn),
      family,
      props: { name: arn.split('/').at(-1) ?? arn, arn },
    })),
    relations: assuming.map(({ entity, arn }) => ({
      type: 'ASSUMES',
      from: { label: entity.label, key: entity.key },
      to: { label: 'AwsRole', key: key(arn) },
      family,
      props: { via: 'irsa' },
    })),
  };
}
