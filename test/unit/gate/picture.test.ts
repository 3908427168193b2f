import { expect, test } from 'vitest';
import { gatePicture } from '../../../shared/gate/picture.ts';
import { call } from '../cli/gate/told.ts';

const way = { who: 'rogue/scanner', to: 'shop/ledger', port: 5432, dataClasses: ['payment'] };

test('what breaks is red, what opens green and dashed', () => {
  const picture = gatePicture({ calls: [call()], opened: [way] }, 10);
  expect(picture?.mermaid.split('\n')).toEqual([
    'flowchart LR',
    '  n0["shop/web"]',
    '  n1["shop/cart"]',
    '  n2["rogue/scanner"]',
    '  n3["shop/ledger"]',
    '  n0 --x|"8080: denied, 118 requests seen"| n1',
    '  n2 -.->|"5432, payment"| n3',
    '  linkStyle 0 stroke:#d1242f,stroke-width:2px',
    '  linkStyle 1 stroke:#1a7f37,stroke-width:2px',
  ]);
  expect(picture?.left).toBe(0);
});

test('a call that gets through at last opens, one that turns otherwise is not drawn', () => {
  const calls = [call({ before: 'denied', after: 'allowed' }), call({ before: 'allowed', after: 'audited' })];
  expect(gatePicture({ calls, opened: [] }, 10)?.mermaid).toContain('n0 -.->|"8080: was denied"| n1');
  expect(gatePicture({ calls: calls.slice(1), opened: [] }, 10)).toBeNull();
});

test('what may break, or open, is drawn as that', () => {
  const may = (before: string, after: string) =>
    gatePicture({ calls: [call({ before, after })], opened: [] }, 10)?.mermaid ?? '';
  expect(may('allowed', 'may be denied')).toContain('n0 --x|"8080: may be denied, 118 requests seen"| n1');
  expect(may('denied', 'may be allowed')).toContain('n0 -.->|"8080: was denied"| n1');
});

test('a caller who gains access and was refused so far is one arrow', () => {
  const opened = [{ who: 'shop/web', to: 'shop/cart', port: 8080, dataClasses: [] }];
  const picture = gatePicture({ calls: [call({ before: 'denied', after: 'allowed' })], opened }, 10);
  expect(picture?.mermaid.match(/-\.->/g)).toHaveLength(1);
});

test('no more arrows are drawn than told, those that break first', () => {
  const opened = Array.from({ length: 500 }, (_, i) => ({ ...way, who: `rogue/${i}` }));
  const picture = gatePicture({ calls: [call()], opened }, 3);
  expect([picture?.mermaid.match(/--x|-\.->/g), picture?.left]).toEqual([['--x', '-.->', '-.->'], 498]);
});

test('names cannot leave their quotes', () => {
  const picture = gatePicture({ calls: [call({ from: 'a"]\n```<b>#`' })], opened: [] }, 3);
  expect(picture?.mermaid).toContain('n0["a#34;#93;#10;#96;#96;#96;#60;b#62;#35;#96;"]');
});
