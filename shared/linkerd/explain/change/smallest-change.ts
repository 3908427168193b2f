import type { Call } from '../../policy/call.ts';
import { indexPolicies } from '../../policy/index-policies.ts';
import { lintObject } from '../../policy/lint/lint-object.ts';
import { groupKind, namespaceOf, type PolicyObject } from '../../policy/policy-object.ts';
import type { Outcome, Verdict } from '../../policy/verdict.ts';
import { judgeInside } from '../judge-inside.ts';
import type { MeshState } from '../mesh-state.ts';
import { admitByIdentity } from './admit-by-identity.ts';
import { admitByNetwork } from './admit-by-network.ts';
import { type Candidate, type Case, sameObject } from './candidate.ts';
import { haveItJudged } from './have-it-judged.ts';
import { meshCaller } from './mesh-caller.ts';
import { newPolicy } from './new-policy.ts';
import { openEgress } from './open-egress.ts';
import { shutOut } from './shut-out.ts';
import { speakProtocol } from './speak-protocol.ts';
import { takeRequest } from './take-request.ts';
import { tellMore } from './tell-more.ts';

/** The least that has to be done for another verdict. */
export type Change = {
  /** `known`: the verdict is no longer unknown; `judged`: a proxy sees the call. */
  readonly turns: 'allowed' | 'denied' | 'known' | 'judged';
  /** What to do, in one sentence. */
  readonly what: string;
  /** Objects there are, as they would be then, without status. */
  readonly changed: readonly PolicyObject[];
  /** Objects there are not. */
  readonly made: readonly PolicyObject[];
};

/**
 * Candidates from the least intrusive on; the first that turns the verdict, by the evaluator itself, is the answer. null =
 * none of those known does.
 */
export function smallestChange(state: MeshState, call: Call, verdict: Verdict): Change | null {
  const one: Case = { state, call, verdict };
  const judged = haveItJudged(one);
  if (judged) return { turns: 'judged', what: judged, changed: [], made: [] };
  const told = tellMore(verdict);
  if (told) return { ...told, changed: [], made: [] };
  const passes = verdict.verdict === 'allowed' || verdict.verdict === 'audited';
  const turns = passes ? 'denied' : 'allowed';
  const candidates = passes
    ? shutOut(one)
    : [meshCaller, admitByIdentity, admitByNetwork, speakProtocol, takeRequest, newPolicy, openEgress].flatMap((make) =>
        make(one),
      );
  const found = candidates.find(
    (candidate) => candidate.objects.every(isAdmitted) && outcome(state, candidate.call ?? call, candidate) === turns,
  );
  if (found === undefined) return null;
  const isThere = (object: PolicyObject): boolean => state.objects.some((other) => sameObject(object, other));
  return {
    turns,
    what: found.what,
    changed: found.objects.filter(isThere).map(asManifest),
    made: found.objects.filter((object) => !isThere(object)),
  };
}

const asManifest = ({ apiVersion, kind, metadata: { name, namespace }, spec }: PolicyObject): PolicyObject => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  spec,
});

function outcome(
  { objects, options, policies }: MeshState,
  call: Call,
  { objects: changed, without = [] }: Candidate,
): Outcome {
  const gone = [...changed, ...without];
  const after = [
    ...objects.filter((one) => matters(one, call) && !gone.some((other) => sameObject(one, other))),
    ...changed,
  ];
  // Conditions of routes speak of the state before.
  const set = indexPolicies(after, { ...options, settings: policies.settings });
  return judgeInside(set, call).verdict;
}

/** Whether the API server would take it. */
const isAdmitted = (object: PolicyObject): boolean => lintObject(object).every(({ severity }) => severity !== 'error');

/** Pods and workloads other than the called one play no part, and are most of a mesh. */
function matters(object: PolicyObject, { server }: Call): boolean {
  if (!/^(Pod\.|.*\.apps|.*\.batch|ReplicationController\.)$/.test(groupKind(object))) return true;
  if ('address' in server) return false;
  return object.metadata.name === server.name && namespaceOf(object) === server.namespace;
}
