import type { Check } from '../../checks/check.ts';
import { configuredChecks } from '../../checks/configured-checks.ts';
import { coverageNotes } from '../../checks/coverage.ts';
import type { Finding } from '../../checks/finding.ts';
import { judgeRecorded, type Recorded, type RecordedEvaluation } from '../../checks/judge-recorded.ts';
import { CHECKS } from '../../checks/registry.ts';
import type { JudgedCluster } from '../../domain/api/checks.ts';
import type { Reader } from '../../domain/api/operations.ts';
import { DAY_MS } from '../../domain/traffic-series/bucket.ts';
import { readKnowledge } from '../knowledge.ts';
import { chooseClusters } from './choose-clusters.ts';
import type { ReadingContext } from './graph-reader.ts';
import { mustBeCheck } from './must-be-check.ts';
import { type ReadFinding, readFindings } from './read-findings.ts';
import { readFreshness } from './read-freshness.ts';
import query from './recorded-evaluation.cypher';

const MOST_FINDINGS = 10_000;
const BY_EXCEPTION = 'by an exception of the configuration';

/** Every check the configuration leaves on, as the newest evaluation left it. */
export function checkReading({
  graph,
  now,
  checks: configured,
  ownChecks = [],
  staleAfterMs,
}: ReadingContext): Pick<Reader, 'readChecks'> {
  const readRecorded = async (
    cluster: string,
    period: { since: number; at: number },
    checks: readonly Check[],
  ): Promise<Recorded> => {
    const families = [...new Set(checks.flatMap(({ needs }) => needs.families))];
    const [evaluation] = await graph.read<NonNullable<RecordedEvaluation>>(query, { cluster });
    const found = await readFindings(graph, { clusters: [cluster], states: ['open', 'accepted'] }, MOST_FINDINGS);
    return {
      knowledge: await readKnowledge(graph, cluster, period, families),
      evaluation,
      open: found.filter(({ state }) => state === 'open').map(toFinding),
      accepted: found
        .filter(({ state }) => state === 'accepted')
        .map((one) => ({ finding: toFinding(one), reason: one.acceptance?.reason ?? BY_EXCEPTION })),
    };
  };

  return {
    readChecks: async ({ cluster: name, check: only }) => {
      const all = [...CHECKS, ...ownChecks];
      if (only !== undefined) mustBeCheck(only, all);
      const at = now();
      const period = { since: at - DAY_MS, at };
      const chosen = configuredChecks(configured, only === undefined ? [] : [only], all);
      const checks = chosen.map(({ check }) => check);
      const evaluations: JudgedCluster[] = [];
      const known = await chooseClusters(graph, name);
      for (const { cluster } of known) {
        const recorded = await readRecorded(cluster, period, checks);
        const results = chosen.map(({ check, severity, parameters }) =>
          judgeRecorded(check, { severity, parameters, staleAfterMs }, recorded, at),
        );
        const notes = coverageNotes(recorded.knowledge, period);
        evaluations.push({ cluster, ...period, notes, results: results.map(toAnswer) });
      }
      const freshness = known.map(({ cluster }) => readFreshness(graph, cluster, period));
      return { evaluations, freshness: await Promise.all(freshness) };
    },
  };
}

const toFinding = ({ key, id, check, severity, message, about, row }: ReadFinding): Finding => ({
  key,
  fingerprint: id,
  check,
  severity,
  message,
  about: about.map(({ label, key }) => ({ label, key })),
  row,
});

const toAnswer = ({ check: { id, group, title, remedy }, ...result }: ReturnType<typeof judgeRecorded>) =>
  ({ check: { id, group, title, remedy }, ...result }) as JudgedCluster['results'][number];
