import { parseAddress } from '../../linkerd/policy/address.ts';
import { NOBODY } from '../../linkerd/policy/authorization.ts';
import { authorize } from '../../linkerd/policy/authorize.ts';
import type { Call, Client } from '../../linkerd/policy/call.ts';
import { egressNetworkFor } from '../../linkerd/policy/egress-network.ts';
import type { Edge } from '../../questions/edges/merge.ts';
import type { GateState } from '../gate-state.ts';
import type { JudgedChange } from '../rule.ts';
import type { Caller } from './call-ends.ts';
import { type Asked, type Facts, requestsFor } from './call-facts.ts';
import type { Outcome } from './judged-call.ts';
import { sampleAddresses } from './sample-addresses.ts';

/** Calls to what no workload of the cluster is: only EgressNetworks at the calling side decide over them (oracle 10). */
export function outgoing({ before, after }: JudgedChange, callers: readonly Caller[], edge: Edge): Outcome[] {
  const facts = factsOf([before, after], edge);
  return callers.flatMap((caller) =>
    addressesOf(before, caller.before, edge).flatMap((address) =>
      facts.flatMap((one) => {
        const { asked, ...spoken } = one;
        const call = (client: Client): Call => ({
          ...asked.request,
          ...spoken,
          client,
          port: edge.port,
          server: { address },
        });
        const told = authorize(before.policies, call(caller.before));
        return caller.after.map(
          (client): Outcome => ({
            facts: one,
            caller: caller.name,
            callee: address,
            before: told,
            after: authorize(after.policies, call(client)),
            losesMTls: false,
            recreated: caller.recreated,
          }),
        );
      }),
    ),
  );
}

function factsOf(states: readonly GateState[], { port, unit }: Edge): Facts[] {
  if (unit === 'connections') return (['tcp', 'tls'] as const).map((protocol) => ({ protocol, asked: ANYTHING }));
  const routed = states.map((state) => {
    const on = state.policies.egressRoutes.filter(({ parents }) => parents.some((parent) => parent.port === port));
    return [on.map((route) => ({ ...route, authorizations: NOBODY })), state] as const;
  });
  return requestsFor(routed).map((asked) => ({ protocol: 'http', asked }));
}

const ANYTHING: Asked = { shown: undefined, request: {} };

/** The address that was called; of an EgressNetwork only its blocks are known. */
function addressesOf({ policies }: GateState, { namespace = '' }: Client, { to }: Edge): readonly string[] {
  if (to.label === 'External') return parseAddress(to.name) ? [to.name] : [];
  const { egressNetworks, settings } = policies;
  const own = egressNetworks.find((one) => `${one.namespace}/${one.name}` === to.name);
  return sampleAddresses(own?.networks ?? [], settings.clusterNetworks, false).filter((text) => {
    const address = parseAddress(text);
    return address && egressNetworkFor(egressNetworks, address, namespace, settings.egressNamespace) === own;
  });
}
