import {
  EDGE_LIFE,
  LABELS,
  NODE_LIFE,
  type PropertyDoc,
  RELATIONSHIPS,
  STRUCTURAL_TYPES,
} from '../shared/domain/graph-schema.ts';

const UNDATED = ['Scan', 'Change', 'Lease', 'Evaluation', 'Outbox', 'Alert'];

/** docs/graph.md: what every label, relationship and property of the graph means. */
export function renderGraphReference(): string {
  const dated = LABELS.filter(({ label }) => !UNDATED.includes(label));
  const bookkeeping = LABELS.filter(({ label }) => UNDATED.includes(label));
  return `${[
    '# The graph',
    '',
    'Made from `shared/domain/graph-schema.ts` by `npm run docs`. All instants are whole numbers: epoch milliseconds, UTC.',
    'Nothing is overwritten: nodes and structural relationships open and close, descriptions leave a `Change` behind, and',
    'traffic is a time series on the relationship. What was true at an instant `$at`:',
    '',
    '```cypher',
    'MATCH (pod:Pod)-[part:PART_OF]->(workload:Workload)',
    'WHERE part.validFrom <= $at AND (part.validTo IS NULL OR part.validTo > $at)',
    'RETURN workload.name AS workload, collect(pod.name) AS pods',
    '```',
    '',
    '## Every node',
    '',
    `All but ${UNDATED.map((label) => `\`${label}\``).join(', ')}.`,
    ...table(NODE_LIFE),
    '',
    '## Every structural relationship',
    ...table(EDGE_LIFE),
    '',
    '## Nodes',
    ...dated.flatMap(({ label, meaning, properties }) => ['', `### ${label}`, '', meaning, ...table(properties)]),
    '',
    '## Relationships',
    '',
    '| relationship | from | to | meaning | properties |',
    '| --- | --- | --- | --- | --- |',
    ...RELATIONSHIPS.filter(({ type }) => STRUCTURAL_TYPES.includes(type)).map(
      ({ type, from, to, meaning, properties }) =>
        `| \`${type}\` | ${from.join(', ')} | ${to.join(', ')} | ${meaning} | ${properties.map(inline).join('; ')} |`,
    ),
    '',
    '## Traffic, changes and findings',
    ...RELATIONSHIPS.filter(({ type }) => !STRUCTURAL_TYPES.includes(type)).flatMap(
      ({ type, from, to, meaning, properties }) => [
        '',
        `### ${type}`,
        '',
        `From ${names(from)} to ${names(to)}. ${meaning}`,
        ...table(properties),
      ],
    ),
    '',
    '## Bookkeeping',
    ...bookkeeping.flatMap(({ label, meaning, properties }) => ['', `### ${label}`, '', meaning, ...table(properties)]),
  ].join('\n')}\n`;
}

const names = (labels: readonly string[]): string => (labels.includes('*') ? 'any node' : labels.join(', '));

const inline = ([name, meaning]: PropertyDoc): string => `\`${name}\`: ${text(meaning)}`;

const table = (properties: readonly PropertyDoc[]): string[] =>
  properties.length === 0
    ? []
    : [
        '',
        '| property | meaning |',
        '| --- | --- |',
        ...properties.map(([name, meaning]) => `| \`${name}\` | ${text(meaning)} |`),
      ];

/** Markdown takes what stands between angle brackets for HTML. */
const text = (meaning: string): string => meaning.replaceAll('<', '&lt;').replaceAll('|', '\\|');
