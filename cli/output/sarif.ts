import type { Severity } from '../../shared/checks/check.ts';

type Place = { readonly file: string; readonly line: number };

/** A run of a tool, as far as SARIF 2.1.0 (OASIS) has a place for it. */
export type SarifRun = {
  readonly version: string;
  readonly exitCode: number;
  readonly rules: readonly {
    readonly id: string;
    readonly title: string;
    readonly severity: Severity;
    readonly rationale: string;
    readonly remedy: string;
    readonly tags: readonly string[];
  }[];
  readonly results: readonly {
    readonly rule: string;
    readonly severity: Severity;
    readonly message: string;
    /** null = it is in no file: what it is about stands for one, since viewers drop what is nowhere. */
    readonly place: Place | null;
    /** The object it is about, as people call it. */
    readonly object: string | null;
    readonly fingerprint: string;
    /** Against the state before; null = there is none. */
    readonly isNew: boolean | null;
    /** Whether it says that its rule could not be judged, and not that the rule is violated. */
    readonly isOpen?: boolean;
    /** Why it does not count; null = it does. */
    readonly suppressed: string | null;
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
  readonly errors: readonly string[];
  readonly notes: readonly string[];
};

const LEVELS: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};
/** As code scanning of GitHub ranks: over 9.0 critical, 7.0 high, 4.0 medium. */
const RANKS: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.0',
};
/** GitHub refuses a run of more. */
const MOST_RESULTS = 25_000;

/** A log of SARIF 2.1.0 with one run, and a newline. */
export function renderSarif(run: SarifRun): string {
  const { version, exitCode, errors } = run;
  const ids = run.rules.map(({ id }) => id);
  const left = run.results.length - MOST_RESULTS;
  const notes = left > 0 ? [...run.notes, `${left} results more are left out`] : run.notes;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'meshgraph', version, rules: run.rules.map(toRule) } },
        invocations: [
          {
            executionSuccessful: errors.length === 0,
            exitCode,
            toolExecutionNotifications: [...errors.map(notification('error')), ...notes.map(notification('note'))],
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: run.results.slice(0, MOST_RESULTS).map((result) => toResult(result, ids.indexOf(result.rule))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const notification = (level: string) => (text: string) => ({ level, message: { text } });

const toRule = ({ id, title, severity, rationale, remedy, tags }: SarifRun['rules'][number]) => ({
  id,
  name: id,
  shortDescription: { text: title },
  fullDescription: { text: rationale },
  help: { text: `${rationale}\n\n${remedy}`, markdown: `${rationale}\n\n**What to do:** ${remedy}` },
  defaultConfiguration: { level: LEVELS[severity] },
  properties: { tags, 'security-severity': RANKS[severity] },
});

function toResult(result: SarifRun['results'][number], ruleIndex: number) {
  const { rule, severity, message, place, object, fingerprint, isNew, isOpen, suppressed, properties } = result;
  return {
    ruleId: rule,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    // What could not be judged is "open" in the words of SARIF 2.1.0, 3.27.9, and then has no level (3.27.10).
    ...(isOpen === true ? { kind: 'open', level: 'none' } : { level: LEVELS[severity] }),
    message: { text: message },
    locations: [
      {
        physicalLocation: physicalLocation(place, object),
        ...(object === null ? {} : { logicalLocations: [{ fullyQualifiedName: object, kind: 'resource' }] }),
      },
    ],
    partialFingerprints: { 'meshgraph/v1': fingerprint },
    ...(isNew === null ? {} : { baselineState: isNew ? 'new' : 'unchanged' }),
    // All results of a run have suppressions, or none has (SARIF 2.1.0, 3.27.23).
    suppressions: suppressed === null ? [] : [{ kind: 'external', status: 'accepted', justification: suppressed }],
    properties: { severity, ...properties },
  };
}

function physicalLocation(place: Place | null, object: string | null) {
  if (place === null) return { artifactLocation: { uri: uriOf(object ?? 'mesh') }, region: { startLine: 1 } };
  return {
    artifactLocation: { uri: uriOf(place.file), uriBaseId: '%SRCROOT%' },
    region: { startLine: place.line },
  };
}

const uriOf = (file: string): string => file.split(/[/\\]/).map(encodeURIComponent).join('/');
