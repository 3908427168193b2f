/** What one bench measured: raw figures for the tests, and what people read of them. */
export type Measured = {
  readonly figures: Readonly<Record<string, number>>;
  readonly table: Table;
  readonly goals: readonly Goal[];
  /** What was left out, fed or skipped in this run. */
  readonly remarks: readonly string[];
};

export type Table = { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

export type Goal = { readonly wanted: string; readonly got: string; readonly met: boolean };

/** One section of docs/benchmarks.md. */
export function renderMarkdown({ table, goals, remarks }: Measured): string {
  const lines = [row(table.columns), row(table.columns.map(() => '---')), ...table.rows.map(row)];
  if (goals.length > 0) {
    const asRow = ({ wanted, got, met }: Goal) => row([wanted, got, met ? 'met' : '**missed**']);
    lines.push('', row(['goal', 'measured', '']), row(['---', '---', '---']), ...goals.map(asRow));
  }
  if (remarks.length > 0) lines.push('', ...remarks.map((remark) => `- ${remark}`));
  return `${lines.join('\n')}\n`;
}

/** A page with the text between the marks of `name` replaced: what people wrote around it stays. */
export function replaceSection(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const [before, rest] = page.split(begin, 2);
  const after = rest?.split(end, 2)[1];
  if (after === undefined) throw new Error(`docs/benchmarks.md lacks the marks "${begin}" and "${end}" in this order`);
  return `${before}${begin}\n${text}${end}${after}`;
}

export const count = (value: number): string => Math.round(value).toLocaleString('en-US');
export const seconds = (ms: number): string => `${(ms / 1000).toPrecision(3)} s`;
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
export const rate = (things: number, ms: number): string => `${count(things / (ms / 1000))}/s`;
export const times = (ratio: number): string => `${ratio.toPrecision(ratio < 100 ? 2 : 3)}x`;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
