import { covers, parseCidr } from '../address.ts';
import type { PolicyObject } from '../policy-object.ts';
import { type LintContext, type LintFinding, odd, refused } from './finding.ts';
import { lintNetworks } from './lint-networks.ts';

type Spec = { readonly trafficPolicy?: string; readonly networks?: readonly { readonly cidr?: string }[] | null };

export function lintEgressNetwork({ spec }: PolicyObject, { clusterNetworks }: LintContext): LintFinding[] {
  const { trafficPolicy, networks } = (spec ?? {}) as Spec;
  const policy = trafficPolicy === 'Allow' || trafficPolicy === 'Deny';
  const expected = refused('spec.trafficPolicy', `expected Allow or Deny, got ${trafficPolicy ?? 'nothing'}`);
  const none =
    networks?.length === 0 ? [refused('spec.networks', 'expected at least one network, or no such field')] : [];
  const inside = clusterNetworks.flatMap((cidr) => parseCidr(cidr) ?? []);
  const own = (networks ?? []).flatMap(({ cidr = '' }, index) => {
    const parsed = parseCidr(cidr);
    const cluster = parsed && inside.find((network) => covers(network, parsed));
    const message = `${cidr} is inside clusterNetworks (${cluster?.text}): calls to pods and Services are not egress`;
    return cluster ? [odd(`spec.networks[${index}].cidr`, message)] : [];
  });
  return [...(policy ? [] : [expected]), ...none, ...lintNetworks(networks ?? [], 'spec.networks'), ...own];
}
