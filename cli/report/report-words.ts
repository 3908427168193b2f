import type { CheckEvidence, EvidenceResult } from '../../shared/checks/evidence/compose-evidence.ts';
import { formatInstant } from '../../shared/domain/instant.ts';

export const DISCLAIMER =
  'A result is what the checks saw in the period, no more: it is evidence for a control, and by itself does not show that the ' +
  'control is met. What was not observed is told as unknown, never as clean.';

export const RESULT_WORDS: Readonly<Record<EvidenceResult, string>> = {
  clean: 'nothing found',
  accepted: 'found and accepted',
  open: 'open findings',
  unknown: 'not judged',
};

/** Findings of one check that are told one by one. */
export const MOST_TOLD = 50;

/** `3 of 41 workloads`, `41 workloads`; empty where the check does not count. */
export function populationOf({ population, findings, accepted }: CheckEvidence): string {
  if (population === undefined) return '';
  const found = findings.length + accepted.length;
  const all = `${population.count} ${population.noun}`;
  return found > 0 ? `${found} of ${all}` : all;
}

/** What was found, what of it was accepted, and why nothing could be said: a sentence each. */
export function tellings({ findings, accepted, reason }: CheckEvidence): string[] {
  const told = findings.slice(0, MOST_TOLD).map(({ message }) => message);
  const more = findings.length - told.length;
  return [
    ...told,
    ...(more > 0 ? [`and ${more} more (meshgraph check -o json lists all)`] : []),
    ...accepted.map(({ finding, reason: why, until }) => {
      const end = until === undefined ? '' : ` until ${formatInstant(until)}`;
      return `accepted${end} (${why}): ${finding.message}`;
    }),
    ...(reason === undefined ? [] : [reason]),
  ];
}
