import { printable } from './printable.ts';

/** An empty comment: ends what would become a mention, a reference or a link, and is not shown. */
const BREAK = '<!-- -->';

/**
 * Text from outside, on one line of Markdown as GitHub and GitLab read it, also in a cell of a table: no markup, no HTML, no
 * mention of anybody, no link.
 */
export const markdownText = (text: string): string =>
  printable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/[@#!](?=[\w-])|:(?=\/\/)|www(?=\.)/gi, `$&${BREAK}`);

export const markdownCode = (text: string): string => `<code>${markdownText(text)}</code>`;

/** A table of cells that are Markdown already. */
export const markdownTable = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
