import { expect, test } from 'vitest';
import { differencePicture } from '../../../shared/questions/changes/picture.ts';

const row = (what: string, name: string, other: string | null = null) => ({
  ...{ at: 0, what, label: 'Workload', key: `c/${name}`, name, otherLabel: other && 'Service', otherName: other },
});

test('what came is green, what went is red and dashed, and what only changed is left out', () => {
  const rows = [
    row('appeared', 'shop/new'),
    row('first call', 'shop/a', 'shop/b'),
    row('closed', 'shop/a', 'shop/old'),
  ];
  expect(differencePicture([...rows, row('changed', 'shop/quiet')], 10)).toEqual({
    left: 0,
    mermaid: [
      'flowchart LR',
      '  n0["Workload shop/new"]',
      '  n1["Workload shop/a"]',
      '  n2["Service shop/b"]',
      '  n3["Service shop/old"]',
      '  n1 -->|"first call"| n2',
      '  n1 -.->|"closed"| n3',
      '  linkStyle 0 stroke:#1a7f37,stroke-width:2px',
      '  linkStyle 1 stroke:#d1242f,stroke-width:2px,stroke-dasharray:6 4',
      '  style n0 stroke:#1a7f37,stroke-width:2px',
    ].join('\n'),
  });
});

test('names end no label and run nothing', () => {
  const { mermaid } = differencePicture([row('appeared', '"]; click n0 "javascript:alert(1)"\n  n9[<b>')], 10);
  expect(mermaid.split('\n')).toHaveLength(3);
  expect(mermaid).not.toMatch(/"\]; click|<b>/);
});

test('of many the oldest are drawn, and how many are left is told', () => {
  const rows = Array.from({ length: 25 }, (_, i) => row('appeared', `shop/w${i}`));
  const { mermaid, left } = differencePicture(rows, 10);
  expect(left).toBe(15);
  expect(mermaid).toContain('shop/w9');
  expect(mermaid).not.toContain('shop/w10');
});
