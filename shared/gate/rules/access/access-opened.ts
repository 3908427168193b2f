import { admittingPlaces } from '../../access/admitting-places.ts';
import { behindInWords } from '../../access/behind.ts';
import { isUnguarded } from '../../access/door.ts';
import { type OpenedWay, waysOpened } from '../../access/opened-ways.ts';
import { waySeverity } from '../../access/way-severity.ts';
import type { GateRule, JudgedChange, Violation } from '../../rule.ts';

/** Somebody may call a port after the change and could not before. */
export const accessOpened: GateRule = {
  id: 'access-opened',
  group: 'access',
  title: 'nobody gains access',
  severity: 'medium',
  rationale:
    'A policy that is loosened, deleted or replaced lets in callers nobody thought of, and no request fails to tell of it. Weighed by who gains (one identity, a namespace, every meshed workload, everyone) and by what is behind: classes of data, powers in the Kubernetes API, and the data of what the workload was seen to call. Only the widest class that gains is told. A port that was not there before is told only if callers without mesh reach it and data or powers are right behind it.',
  remedy:
    'Admit the callers that must call by their identities, or take the entry that lets the others in out of the change. If the access is meant, accept it as an exception with a reason.',
  columns: [
    'who',
    'identity',
    'callee',
    'namespace',
    'workload',
    'kind',
    'port',
    'requests',
    'dataClasses',
    'powers',
    'onward',
  ],
  judge: (judged) => ({ caused: waysOpened(judged).map((way) => violation(judged, way)), existing: [] }),
};

function violation(judged: JudgedChange, way: OpenedWay): Violation {
  const { who, proof, port, requests, behind, isNew } = way;
  const { namespace, name, kind } = way.workload;
  const callee = `${namespace}/${name}`;
  const asked = requests.length > 0 ? ` for ${requests.slice(0, 5).join(', ')}${requests.length > 5 ? '…' : ''}` : '';
  const what = isNew ? 'may call the new port' : 'gains access to';
  const reach = behindInWords(behind);
  const once = way.workload.onceRecreated ? ' once its pods are created again' : '';
  const target = isNew ? `${port} of ${callee}` : `${callee} on port ${port}`;
  return {
    message: `${who} ${what} ${target}${asked}${once}, ${byWhat(way)}${reach ? `; ${reach}` : ''}; admit only those who must call`,
    severity: waySeverity(way),
    places: admittingPlaces(judged, way),
    fingerprint: ['pattern' in proof ? proof.pattern : who, kind, callee, port],
    row: {
      who,
      identity: 'pattern' in proof ? proof.pattern : null,
      callee,
      namespace,
      workload: name,
      kind,
      port,
      requests,
      dataClasses: behind.dataClasses,
      powers: behind.powers,
      onward: behind.onward.map((one) => one.name),
    },
  };
}

function byWhat({ admitted, doors, workload }: OpenedWay): string {
  const open = doors.after.find(isUnguarded);
  if (admitted.by.length === 0 && open) {
    return open.workload.meshed === false
      ? `for it is not meshed (${open.workload.unmeshedReason})`
      : 'for the port is among its skip-inbound-ports and passes by the proxy';
  }
  const lost = doors.before.flatMap(({ policy }) => policy.server ?? []);
  const names = admitted.by.map(({ ref }) => {
    if (ref.kind !== 'default') return `${ref.kind} ${ref.namespace}/${ref.name}`;
    const server = doors.after.find(({ policy }) => policy.authorizations.valid.some((one) => one.ref === ref))?.policy
      .server;
    if (server) return `accessPolicy ${ref.name} of Server ${server.namespace}/${server.name}`;
    const [first] = lost;
    const why = first && `, for Server ${first.namespace}/${first.name} has the port no more`;
    return `the default policy ${ref.name} of ${workload.kind} ${workload.name}${why ?? ''}`;
  });
  return `admitted by ${[...new Set(names)].join(' and ')}`;
}
