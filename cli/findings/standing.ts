import type { Finding } from '../../shared/checks/finding.ts';
import type { Answer } from '../../shared/domain/api/operations.ts';
import type { Judged, JudgedCheck } from '../check/judged.ts';

type Listed = Answer<'listFindings'>['findings'][number];
type Evaluated = Answer<'readChecks'>['evaluations'][number];

/**
 * Findings as the results of their checks, beside the checks that have none: a report of findings alone would be green where
 * nobody could judge. `only` is the check asked about.
 */
export function standingOf(evaluations: readonly Evaluated[], findings: readonly Listed[], only?: string): Judged[] {
  return evaluations.map(({ results, ...evaluation }) => {
    const mine = findings.filter(({ cluster }) => cluster === evaluation.cluster);
    const known = results.filter(({ check }) => only === undefined || check.id === only);
    const others = mine.filter(({ check }) => !known.some((one) => one.check.id === check));
    return {
      ...evaluation,
      results: [
        ...known.map((result) => ({ ...result, ...foundBy(result.check.id, mine) })),
        ...[...Map.groupBy(others, ({ check }) => check)].map(([id, found]) => unknownHere(id, found)),
      ],
    };
  });
}

const foundBy = (check: string, listed: readonly Listed[]): Pick<JudgedCheck, 'findings' | 'accepted'> => {
  const found = listed.filter((one) => one.check === check);
  return {
    findings: found.filter(({ state }) => state === 'open').map(toFinding),
    accepted: found
      .filter(({ state }) => state === 'accepted')
      .map((one) => ({ finding: toFinding(one), reason: one.acceptance?.reason ?? 'accepted' })),
  };
};

/** Of a check that this version does not have, as one of the user's own. */
function unknownHere(id: string, found: readonly Listed[]): JudgedCheck {
  const [first] = found;
  const check = { id, group: 'own', title: id, remedy: first?.remedy ?? 'see the check' };
  return { check, severity: first?.severity ?? 'medium', status: 'violated', ...foundBy(id, found) };
}

const toFinding = ({ id, cluster, check, severity, message, about, row }: Listed): Finding => ({
  key: `${cluster}/Finding/${id}`,
  fingerprint: id,
  ...{ check, severity, message, row },
  about: about.map(({ label, key }) => ({ label, key })),
});
