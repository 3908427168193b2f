import { describe, expect, it } from 'vitest';
import { renderTable } from '../../../../cli/gate/render-table.ts';
import { call, EVIL, exception, finding, told } from './told.ts';

const table = (...args: Parameters<typeof told>) => renderTable({ colour: false }, told(...args));

describe('the table of the gate', () => {
  it('tells what was judged on, and that nothing was found, in a few lines', () => {
    expect(table()).toBe(
      [
        'prod as of 2026-11-24T12:00:00Z; objects: 3 changed, 1 added, 12 as they are',
        'calls seen: 14 days to 2026-11-24T12:00:00Z, 98% covered, 20,000 calls (3.1 M requests)',
        '',
        'Gate result is √ (nothing found)',
        '',
      ].join('\n'),
    );
  });

  it('begins with what fails, each rule once, with file, line and what to do', () => {
    const mild = finding({ rule: 'access-opened', severity: 'low', message: 'mild' });
    const text = table({ findings: [mild, finding(), finding({ place: null, message: 'deleted' })] });
    const lines = text.split('\n');
    const at = lines.findIndex((line) => line.startsWith('× '));
    expect(lines[at]).toContain('(high, 2 findings)');
    expect(lines.slice(at + 1, at + 3)).toEqual([
      '    shop/policy.yaml:12: shop/web would no longer reach shop/cart on port 8080',
      '    deleted',
    ]);
    expect(lines[at + 3]).toMatch(/^ {4}hint: /);
    expect(lines[at + 4]).toBe('    see docs/gate-rules.md#calls-denied');
    expect(text.indexOf('× ')).toBeLessThan(text.indexOf('‼ '));
    expect(text).toContain('Gate result is × (3 findings, 2 fail at or over high)\n');
  });

  it('tells which calls turn, what opens, and what is excepted for how long', () => {
    const text = table({
      calls: [call()],
      opened: [{ who: 'rogue/scanner', to: 'shop/ledger', port: 5432, dataClasses: ['payment'] }],
      skipped: [exception()],
    });
    expect(text).toContain(
      '    shop/web → shop/cart:8080: allowed → denied, 118 requests, last 2026-11-24T11:59:00Z: no authorization matches\n',
    );
    expect(text).toContain('    rogue/scanner → shop/ledger:5432, behind it payment\n');
    expect(text).toContain('(until the migration; until 2027-03-31)\n');
    expect(text).toContain('Gate result is √ (nothing found; 1 excepted)\n');
  });

  it('counts what was there before, and lists it only with --all', () => {
    const existing = [finding({ message: 'old' }), finding({ message: 'older' })];
    expect(table({ existing })).toContain('2 findings were there before and count only with --all: calls-denied 2\n');
    expect(table({ existing })).not.toContain('older');
    expect(table({ existing }, true)).toContain('shop/policy.yaml:12: older\n');
  });

  it('says what it cannot judge', () => {
    const text = table({ unjudged: ['the newest scan is old'] });
    expect(text).toContain('‼ cannot judge: the newest scan is old\n');
    expect(text).toContain('Gate result is ‼ (nothing found; cannot be judged)\n');
  });

  it('says that hardly anything is covered where little is', () => {
    const { traffic } = told().report;
    expect(table({ traffic: { ...traffic, coveredMs: 600_000 } })).toContain('under 1% covered');
    expect(table({ traffic: { ...traffic, coveredMs: 0 } })).toContain(' 0% covered');
  });

  it('lets no manifest command the terminal', () => {
    const text = table({ findings: [finding({ message: EVIL, place: { file: EVIL, line: 1, field: null } })] });
    expect(text).toContain('\\u{1b}[31m`|<img');
    expect([...text].filter((character) => character !== '\n' && /[\p{Cc}\u202e]/u.test(character))).toEqual([]);
    expect(text.split('\n').filter((line) => line.includes('evil.example'))).toHaveLength(1);
  });

  it('prints ten thousand findings on some screens, in no time', () => {
    const findings = Array.from({ length: 10_000 }, (_, i) => finding({ message: `no. ${i}` }));
    const calls = Array.from({ length: 10_000 }, () => call());
    const began = performance.now();
    const text = table({ findings, calls, existing: findings });
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(text.split('\n').length).toBeLessThan(60);
    expect(text).toContain('and 9990 more (-o json has all)');
    expect(text).toContain('(10000 findings, 10000 fail at or over high)');
  });
});
