import { describe, expect, it } from 'vitest';
import { renderMarkdown, replaceSection } from '../../bench/report.ts';

describe('the benchmarks page', () => {
  it('keeps what people wrote around a section', () => {
    const page = 'Intro\n<!-- begin a -->\nold\n<!-- end a -->\nwords\n<!-- begin b -->\n<!-- end b -->\n';
    expect(replaceSection(page, 'a', 'new\n')).toBe(
      'Intro\n<!-- begin a -->\nnew\n<!-- end a -->\nwords\n<!-- begin b -->\n<!-- end b -->\n',
    );
  });

  it('is not written where the section has no place', () => {
    expect(() => replaceSection('<!-- begin a -->', 'a', 'new')).toThrow('lacks the marks');
  });

  it('tells a missed goal from one that was met', () => {
    const text = renderMarkdown({
      figures: {},
      table: { columns: ['what', 'time'], rows: [['load', '1 s']] },
      goals: [
        { wanted: 'fast', got: '1x', met: false },
        { wanted: 'exact', got: '0', met: true },
      ],
      remarks: ['fed by hand'],
    });
    expect(text).toContain('| fast | 1x | **missed** |');
    expect(text).toContain('| exact | 0 | met |');
    expect(text).toContain('\n- fed by hand\n');
  });
});
