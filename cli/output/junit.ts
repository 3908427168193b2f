/** What a test report knows: cases that pass, fail, are skipped, or could not be run. */
export type JunitSuite = {
  readonly name: string;
  readonly cases: readonly {
    readonly group: string;
    readonly name: string;
    readonly outcome: 'passed' | 'failed' | 'skipped' | 'error';
    /** Why, in one line; nothing for what passed. */
    readonly message: string;
    /** All there is to read. */
    readonly text: string;
  }[];
};

type Case = JunitSuite['cases'][number];

const ELEMENTS = { failed: 'failure', error: 'error', skipped: 'skipped' } as const;

/** A suite as the XML of JUnit, as Surefire, Jenkins, GitLab and Azure read it. Ends with a newline. */
export function renderJunit({ name, cases }: JunitSuite): string {
  const count = (outcome: Case['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  const counts = `tests="${cases.length}" failures="${count('failed')}" errors="${count('error')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(name)}" ${counts} skipped="${count('skipped')}" time="0">`,
    ...cases.map(toElement),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function toElement({ group, name, outcome, message, text }: Case): string {
  const head = `    <testcase classname="${escaped(group)}" name="${escaped(name)}" time="0"`;
  if (outcome !== 'passed') {
    const element = ELEMENTS[outcome];
    const type = outcome === 'skipped' ? '' : ` type="${escaped(group)}"`;
    return `${head}><${element} message="${escaped(message)}"${type}>${escaped(text)}</${element}></testcase>`;
  }
  return text === '' ? `${head}/>` : `${head}><system-out>${escaped(text)}</system-out></testcase>`;
}

/** XML 1.0 has no place for control characters and halves of pairs, however written. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
    .replace(/[<>&"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
