import { oncePer } from '../../domain/once-per.ts';
import { isAudit } from '../../linkerd/policy/authorization.ts';
import type { Opened } from '../report.ts';
import type { JudgedChange } from '../rule.ts';
import { type Behind, behind } from './behind.ts';
import { isCarried } from './carried.ts';
import { type Door, doorsOf } from './door.ts';
import { type Gain, gainsAt } from './gains.ts';
import { portSignature } from './port-signature.ts';
import { nameOf, type TouchedWorkload, touchedWorkloads } from './touched-workloads.ts';
import { soleCarriers } from './who-names.ts';

/** A class of callers that may call a port after the change and could not before. */
export type OpenedWay = Gain & {
  readonly workload: TouchedWorkload;
  readonly port: number;
  /** There was no such port before. */
  readonly isNew: boolean;
  readonly behind: Behind;
  readonly doors: { readonly before: readonly Door[]; readonly after: readonly Door[] };
};

/** Who may call what it could not before. */
export const openedWays = (judged: JudgedChange): Opened[] =>
  waysOpened(judged).map(({ who, workload: { namespace, name }, port, behind: { dataClasses, onward } }) => ({
    who,
    to: `${namespace}/${name}`,
    port,
    dataClasses: [...new Set([...dataClasses, ...onward.flatMap((one) => one.dataClasses)])].sort(),
  }));

/**
 * Every way a change opens, by classes of callers instead of pairs. A port that was not there before is new rather than
 * opened: of it only callers without mesh are told, and only where data or powers are right behind it. Audit is a trial of a
 * policy that will shut them out, so a new port that only audit opens is not told.
 */
export const waysOpened = oncePer((judged: JudgedChange): OpenedWay[] => {
  const told = new Set<string>();
  return touchedWorkloads(judged).flatMap((workload) => {
    const ways = [...workload.portsAfter].sort((a, b) => a - b).flatMap((port) => waysAt(judged, workload, port));
    return ways.filter(({ who, port }) => {
      const name = JSON.stringify([nameOf(workload), port, who]);
      const isFirst = !told.has(name);
      told.add(name);
      return isFirst;
    });
  });
});

const carriers = oncePer(({ after }: JudgedChange) => soleCarriers(after));

function waysAt(judged: JudgedChange, workload: TouchedWorkload, port: number): OpenedWay[] {
  const { before, after } = judged;
  const isNew = !workload.portsBefore.has(port);
  const doors = {
    before: isNew ? [] : doorsOf(before, workload.before, port),
    after: doorsOf(after, workload.after, port),
  };
  const known = new Set(doors.before.map((door) => portSignature(door, before)));
  if (doors.after.every((door) => known.has(portSignature(door, after)))) return [];
  const gains = gainsAt(doors, { before, after, carrierOf: carriers(judged) }).filter(
    (gain) => isCarried(judged)(gain.proof) && (!isNew || isOpen(gain)),
  );
  if (gains.length === 0) return [];
  const reach = behind(judged, workload);
  if (isNew && reach.dataClasses.length + reach.powers.length === 0) return [];
  return gains.map((gain) => ({ ...gain, workload, port, isNew, behind: reach, doors }));
}

const isOpen = ({ proof, admitted: { by } }: Gain): boolean =>
  proof.kind === 'nothing' && (by.length === 0 || !by.every(({ ref }) => isAudit(ref)));
