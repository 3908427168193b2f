import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { readPlainly } from '../../../../shared/kubernetes/manifests/read-plainly.ts';
import { splitDocuments } from '../../../../shared/kubernetes/manifests/split-documents.ts';

const saying = (more: string) => `kind: ConfigMap\n${more}`;
const plainly = (text: string, line = 1) => readPlainly({ text, line });
/** What the exact reader says, in the options manifests are read with; undefined = that it is wrong. */
function exactly(text: string): unknown {
  try {
    return parse(text, { merge: true });
  } catch {
    return undefined;
  }
}

const FILES = globSync('test/fixtures/{pull-requests,kubernetes}/**/*.yaml');

test('reads every document of the fixtures as the exact reader does, or leaves it to that', () => {
  const parts = FILES.flatMap((file) => splitDocuments(readFileSync(file, 'utf8')));
  const read = parts.flatMap((part) => {
    const plain = readPlainly(part);
    return plain ? [{ plain, exact: parseAllDocuments(part.text, { merge: true }) }] : [];
  });
  expect(read.length).toBeGreaterThan(parts.length / 2);
  for (const { plain, exact } of read) {
    expect(exact).toHaveLength(1);
    expect(plain.value).toEqual((exact as { toJS: () => unknown }[])[0]?.toJS());
  }
});

/** Where versions and readers of YAML are known to part. */
const SCALARS = [
  ...[
    '012',
    '0b1',
    '1_000',
    '+1',
    '.5',
    '5.',
    '1e5',
    '.inf',
    '-.INF',
    '.NaN',
    '0x1F',
    '0o17',
    '0o8',
    '-0',
    '+.5',
    '1e+3',
  ],
  ...[
    '~',
    'Null',
    'NULL',
    'nUll',
    'True',
    'TRUE',
    'tRUE',
    'yes',
    'no',
    'on',
    '2001-01-01',
    '=',
    '12345678901234567890',
  ],
  ...['1:30', '190:20:30', '1,000', '0.1.2', '.', '..', '...', 'e3', '+', '-', '', '"a\\x41"', "'it''s'", '"\\u263A"'],
  ...['a: b', 'a:b', 'a #b', 'a#b', '- a', '[1, 2,]', '{a: 1,}', '{a}', '{a: }', '[a: b]', '{a: b, a: c}', '"a" b'],
  ...['|\n  x\n', '>\n x\n  y\n\n z\n', '|-\n  x', '|+\n  x\n\n', '"a\n  b"', 'a\n  b', 'a\u2028b', '\uFEFFa', 'a\rb'],
  ...['&a x', '*a', '!!str 1', '<<', '{{ .Values.x }}', '%x', '`x`', '@x', '? x', 'x\ty'],
];

test.each(SCALARS)('says of %j what the exact reader says, or nothing', (scalar) => {
  for (const text of [`key: ${scalar}`, `key:\n  - ${scalar}`, `key: [${scalar}]`].map(saying)) {
    const plain = plainly(text);
    if (plain) expect(plain.value).toEqual(exactly(text));
  }
});

test.each([
  ['an anchor', 'a: &x 1\nb: *x'],
  ['a merge', 'a: {<<: {b: 1}}'],
  ['a tag', 'a: !!binary aGk='],
  ['a key given twice', 'a: 1\na: 2'],
  ['a template', 'a: {{ .Values.a }}'],
  ['a second document', '---\na: 1'],
  ['a list of objects', 'kind: List'],
  ['no YAML', 'a: [1'],
])('leaves %s to the exact reader', (_, more) => {
  expect(plainly(saying(more))).toBeUndefined();
});

test.each(['', '# nothing here\n', '---\n', 'just text', '- kind: Pod', '{}', 'kind: 1'])(
  'leaves %j, which is no object, to the exact reader',
  (text) => expect(plainly(text)).toBeUndefined(),
);

test('tells the line the object begins at, past comments, empty lines and the mark of the document', () => {
  expect(plainly('---\n# a comment\n\nkind: Pod\n', 7)).toEqual({ value: { kind: 'Pod' }, line: 10 });
  expect(plainly('kind: Pod\n# after\n', 3)?.line).toBe(3);
  expect(plainly('---\r\n\r\nkind: Pod\r\n')?.line).toBe(3);
});

test('whatever is written, both readers read it alike', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(...SCALARS),
    fc.constantFrom('8080', 'a/b:c'),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, texts, fc.integer(), fc.boolean(), fc.constant(null), tie('list'), tie('map')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    map: fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 4 }),
  }));
  let read = 0;
  fc.assert(
    fc.property(value, (spec) => {
      const text = stringify({ kind: 'Some', spec });
      const plain = plainly(text);
      read += plain ? 1 : 0;
      if (plain) expect(plain.value).toEqual(exactly(text));
    }),
    { numRuns: 500 },
  );
  expect(read).toBeGreaterThan(100);
});
