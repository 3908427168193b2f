type Described = { readonly id: string; readonly severity: string; readonly title: string };
type Explained = Described & { readonly rationale: string; readonly remedy: string };

/** A page of checks or rules: an introduction, a table of all, and a section for each. */
export function referencePage<Entry extends Explained>(
  page: { readonly title: string; readonly intro: readonly string[]; readonly noun: string },
  entries: readonly Entry[],
  details: (entry: Entry) => readonly string[],
): string {
  return [
    `# ${page.title}`,
    '',
    ...page.intro,
    '',
    `| ${page.noun} | severity | clean means |`,
    '| --- | --- | --- |',
    ...entries.map(({ id, severity, title }) => `| [${id}](#${id}) | ${severity} | ${title} |`),
    ...entries.flatMap((entry) => [...section(entry), '', ...details(entry)]),
    '',
  ].join('\n');
}

const section = ({ id, title, severity, rationale, remedy }: Explained): string[] => [
  '',
  `## ${id}`,
  '',
  `Clean: ${title}. Severity: ${severity}.`,
  '',
  rationale,
  '',
  `**What to do.** ${remedy}`,
];

/** `a`, `b`: what an exception can go by. */
export const columnsText = (columns: readonly string[]): string =>
  `Columns for exceptions: ${columns.map((column) => `\`${column}\``).join(', ')}.`;
