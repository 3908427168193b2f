import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Permission } from './permission.ts';

/** Tells cdk-nag the reason of each wildcard among the resources: the permission's own. */
export function acknowledgeWildcards(scope: Construct, { why, resources }: Permission): void {
  const named = resources.map((resource) => nameInFindings(Stack.of(scope).resolve(resource)));
  for (const resource of named.filter((name) => name.includes('*'))) {
    Validations.of(scope).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason: why });
  }
}

/** How cdk-nag writes a reference of CloudFormation (its flattenCfnReference): `<Bucket.Arn>/observations/*`. */
function nameInFindings(reference: unknown): string {
  if (typeof reference === 'string') return reference;
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref: ref } = reference as Record<string, unknown>;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(nameInFindings).join(String(join[0]));
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  return ref === undefined ? JSON.stringify(reference) : `<${ref}>`;
}
