import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { renderHtml } from '../../../../cli/report/render-html.ts';
import { renderMarkdown } from '../../../../cli/report/render-markdown.ts';
import type { EvidenceReport } from '../../../../cli/report/run-report.ts';
import { composeEvidence } from '../../../../shared/checks/evidence/compose-evidence.ts';

const AT = Date.parse('2026-11-24T12:00:00Z');
const HOSTILE = `<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202e\u001b[31m | \`x\` [a](javascript:b) @all\n# h`;

const reportOf = (message: string, findings = 1): EvidenceReport => ({
  made: AT,
  clusters: [
    {
      ...{ cluster: message, since: AT - 86_400_000, at: AT, notes: [message] },
      ...composeEvidence([
        {
          check: { id: 'plaintext', title: 'calls are mutual TLS', rationale: message, controls: ['gdpr-32'] },
          severity: 'high',
          status: 'violated',
          findings: Array.from({ length: findings }, () => ({ message })),
          accepted: [{ finding: { message }, reason: message, until: AT }],
          population: { count: 41, noun: 'workloads' },
        },
      ]),
    },
  ],
});

type Node = DefaultTreeAdapterMap['node'];
const within = (node: Node): Node[] => [node, ...('childNodes' in node ? node.childNodes.flatMap(within) : [])];
const elementsOf = (html: string) => within(parse(html)).filter((node) => 'tagName' in node);
const textOf = (html: string): string =>
  within(parse(html))
    .flatMap((node) => ('value' in node ? node.value : []))
    .join('');

describe('the report as HTML', () => {
  test('tells control, check, population, result, period and what was accepted until when', () => {
    const text = textOf(renderHtml(reportOf('shop/web called shop/db in plain text')));
    for (const told of [
      'Art. 32',
      'Security of processing',
      '2 of 41 workloads',
      'open findings',
      'Period: 2026-11-23T12:00:00Z',
    ]) {
      expect(text).toContain(told);
    }
    expect(text).toContain('accepted until 2026-11-24T12:00:00Z');
  });

  test('holds no markup but its own, whatever names a cluster has', () => {
    const [plain, hostile] = [renderHtml(reportOf('x')), renderHtml(reportOf(HOSTILE))];
    const shape = (html: string) =>
      elementsOf(html).map(({ tagName, attrs }) => [tagName, attrs.map(({ name }) => name)]);
    expect(shape(hostile)).toEqual(shape(plain));
    for (const command of ['\u202e', '\u001b']) expect(hostile).not.toContain(command);
    expect(textOf(hostile)).toContain('<script>alert(1)</script>"><img src=x onerror=alert(2)>');
  });

  test('asks for nothing from anywhere, and every link leads to a check of the page', () => {
    const elements = elementsOf(renderHtml(reportOf('x')));
    expect(elements.filter(({ tagName }) => /^(script|link|img|iframe|object)$/.test(tagName))).toEqual([]);
    const ids = new Set(
      elements.flatMap(({ attrs }) => attrs.filter(({ name }) => name === 'id').map(({ value }) => `#${value}`)),
    );
    const links = elements.flatMap(({ attrs }) =>
      attrs.filter(({ name }) => name === 'href').map(({ value }) => value),
    );
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(ids).toContain(link);
  });

  test('of ten thousand findings fifty are told, and how many there are', () => {
    const html = renderHtml(reportOf('x', 10_000));
    expect(html.length).toBeLessThan(20_000);
    expect(textOf(html)).toContain('and 9950 more');
  });
});

describe('the report as Markdown', () => {
  test('has a table of controls a framework, and a line a finding', () => {
    const text = renderMarkdown(reportOf('shop/web called shop/db'));
    expect(text).toContain(
      '### GDPR\n\n| control | asks for | result | checks |\n| --- | --- | --- | --- |\n| Art. 32 |',
    );
    expect(text).toContain('\n- shop/web called shop/db\n');
  });

  test('holds no markup but its own', () => {
    const text = renderMarkdown(reportOf(HOSTILE));
    expect(text).not.toMatch(/<script|<img|\n# h|[^\\]\]\(javascript|@all/);
    expect(text.match(/\n#+ /g)).toHaveLength(renderMarkdown(reportOf('x')).match(/\n#+ /g)?.length ?? 0);
  });
});
