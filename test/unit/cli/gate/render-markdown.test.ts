import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../../cli/gate/render-markdown.ts';
import { call, EVIL, exception, finding, told } from './told.ts';

const markdown = (...args: Parameters<typeof told>) => renderMarkdown(told(...args));
const way = { who: 'rogue/scanner', to: 'shop/ledger', port: 5432, dataClasses: ['payment'] };

describe('the comment of the gate', () => {
  it('has a summary, a table of findings, a picture, and the rest folded', () => {
    const text = markdown({
      findings: [finding(), finding({ place: null, severity: 'low', message: 'deleted' })],
      calls: [call()],
      opened: [way],
      skipped: [exception()],
      existing: [finding()],
    });
    const lines = text.split('\n');
    expect(lines.slice(0, 2)).toEqual([
      '<!-- meshgraph gate -->',
      '### ❌ meshgraph gate: 2 findings, 1 fail at or over high; 1 excepted',
    ]);
    expect(lines).toContain(
      '| ❌ high | <code>shop/policy.yaml:12</code> | shop/web would no longer reach shop/cart on port 8080 | <code>calls-denied</code> |',
    );
    expect(lines).toContain('| low | AuthorizationPolicy shop/cart | deleted | <code>calls-denied</code> |');
    expect(text).toContain('```mermaid\nflowchart LR\n');
    expect(text).toContain('<details><summary>Calls seen whose verdict turns (1)</summary>\n\n| call |');
    expect(lines).toContain(
      '| shop/web → shop/cart:8080 | 118 requests | 2026-11-24T11:59:00Z | allowed | denied | no authorization matches |',
    );
    expect(text).toContain('| until the migration | 2027-03-31 |');
    expect(text).toContain('<summary>There before, and not counted (1)</summary>');
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it('says in its headline that it cannot be judged, and why below', () => {
    const text = markdown({ unjudged: ['the newest scan is old'] });
    expect(text).toContain('### ⚠️ meshgraph gate: nothing found; cannot be judged\n');
    expect(text).toContain('**It cannot be judged:**\n- the newest scan is old\n');
  });

  it('takes no markup, mention, reference or link from manifests', () => {
    const text = markdown({
      findings: [finding({ message: EVIL, place: { file: EVIL, line: 1, field: null }, object: EVIL })],
      calls: [call({ from: EVIL, reason: EVIL })],
      opened: [{ ...way, who: EVIL }],
      skipped: [{ ...exception({ message: EVIL }), reason: EVIL }],
      notes: [EVIL],
      unjudged: [EVIL],
    });
    const [before = '', picture = '', after = '', ...more] = text.split('```');
    expect([picture.split('\n')[0], more]).toEqual(['mermaid', []]);
    expect(before + after).not.toMatch(/<img|@here|#12\b|https:\/\/|\p{Cc}(?<!\n)|\u202e/u);
    const cells = (before + after).split('\n').filter((line) => line.startsWith('| ') && line.includes('evil'));
    expect(cells.map((line) => line.match(/(?<!\\)\|/g)?.length)).toEqual([5, 7, 4, 5]);
  });

  it('stays as short as GitHub wants it, and counts the rest', () => {
    const findings = Array.from({ length: 10_000 }, (_, i) => finding({ message: `no. ${i} ${'@x'.repeat(400)}` }));
    const calls = Array.from({ length: 10_000 }, (_, i) => call({ from: `shop/${i}${'x'.repeat(300)}` }));
    const began = performance.now();
    const text = markdown({ findings, calls, existing: findings, notes: findings.map(({ message }) => message) });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toMatch(/\nand 9\d+ more\n/);
    expect(text).toMatch(/and \d+ more that are not drawn/);
  });

  it('keeps its headline where nothing else fits', () => {
    const endless = 'x'.repeat(70_000);
    expect(markdown({ cluster: endless })).toBe('<!-- meshgraph gate -->\n### ✅ meshgraph gate: nothing found\n');
  });
});
