import { z } from 'zod';
import type { RawSeries } from '../linkerd/traffic/series.ts';

export type PrometheusAnswer = { readonly series: readonly RawSeries[]; readonly warnings: readonly string[] };

const envelope = z.object({
  status: z.literal('success'),
  warnings: z.array(z.string()).optional(),
  data: z.object({ resultType: z.enum(['vector', 'matrix']), result: z.array(z.never()) }),
});

const RESULT = /"result"\s*:\s*\[/;

/**
 * Reads the JSON of an instant query, a series at a time: a mesh of 20,000 call pairs answers a hundred megabytes, which
 * parsed as one would be three times as much. Throws a SyntaxError where the text is no whole JSON, and a TypeError or a
 * ZodError where it is JSON of another shape.
 */
export function parseAnswer(body: string): PrometheusAnswer {
  const found = RESULT.exec(body);
  const start = found === null ? body.length : found.index + found[0].length;
  const series: RawSeries[] = [];
  const seen = new Map<string, string>();
  let end = start;
  for (let next = nextElement(body, start); next !== undefined; next = nextElement(body, end)) {
    series.push(toSeries(JSON.parse(body.slice(next.from, next.to)), seen));
    end = next.to;
  }
  const { warnings = [] } = envelope.parse(JSON.parse(body.slice(0, start) + body.slice(end)));
  return { series, warnings };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);
const BETWEEN = new Set([0x2c, 0x20, 0x09, 0x0a, 0x0d]);

/** The next object of an array, looked for from inside the array; `undefined` at its end. */
function nextElement(text: string, after: number): { from: number; to: number } | undefined {
  let from = after;
  while (BETWEEN.has(text.charCodeAt(from))) from++;
  if (text[from] !== '{') return undefined;
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (OPEN.has(code)) depth++;
    else if (CLOSE.has(code) && --depth === 0) return { from, to: at + 1 };
  }
  throw new SyntaxError('the answer ends inside a series');
}

function endOfString(text: string, opening: number): number {
  for (let at = opening + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return text.length;
}

type Sample = readonly [seconds: number, value: string];

/** Labels repeat from series to series: each text is kept once. */
function toSeries(element: Record<string, unknown>, seen: Map<string, string>): RawSeries {
  const { metric, value, values } = element as { metric?: unknown; value?: Sample; values?: readonly Sample[] };
  if (metric === null || typeof metric !== 'object') throw new TypeError('a series without labels');
  const labels: Record<string, string> = {};
  for (const [name, text] of Object.entries(metric)) {
    if (typeof text !== 'string') throw new TypeError(`label ${name} is no text`);
    if (!seen.has(text)) seen.set(text, text);
    labels[name] = seen.get(text) as string;
  }
  const samples = values ?? (value === undefined ? [] : [value]);
  return { labels, times: samples.map(timeOf), values: samples.map(numberOf) };
}

function timeOf([seconds]: Sample): number {
  if (typeof seconds !== 'number') throw new TypeError('a sample without a time');
  return Math.round(seconds * 1000);
}

function numberOf([, text]: Sample): number {
  if (typeof text !== 'string') throw new TypeError('a sample without a value');
  return text === '+Inf' ? Number.POSITIVE_INFINITY : text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text);
}
