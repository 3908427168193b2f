import { hasPort } from '../../policy/port-ranges.ts';
import type { Case } from './candidate.ts';

/** What would bring a call that no proxy sees before the callee's proxy; undefined where nothing would. */
export function haveItJudged({ state: { policies }, call, verdict }: Case): string | undefined {
  const workload = policies.find(call.server);
  if (verdict.verdict !== 'not-enforced' || workload === undefined) return undefined;
  const name = `${workload.namespace}/${workload.name}`;
  if (workload.meshed === false) return `have Linkerd inject its proxy into ${name}`;
  if (!hasPort(workload.skipInbound, call.port)) return undefined;
  return `take ${call.port} out of config.linkerd.io/skip-inbound-ports of ${name}, and have its pods created again`;
}
