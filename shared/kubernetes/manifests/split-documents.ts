/** A part of a file that can be read by itself, and the line it begins at (from 1). */
export type DocumentPart = { readonly text: string; readonly line: number };

/**
 * A stream of YAML cut where documents begin, so that only one of them is held as syntax at a time. `---` at the beginning of
 * a line always begins one (YAML 1.2, 9.1.2), also inside of block scalars. Directives and `...` are left to the parser.
 */
export function splitDocuments(text: string): DocumentPart[] {
  if (/^(%|\.\.\.(\s|$))/m.test(text)) return [{ text, line: 1 }];
  const starts = [...text.matchAll(/^---(?=\s|$)/gm)].map(({ index }) => index);
  const cuts = [...new Set([0, ...starts, text.length])];
  let line = 1;
  return cuts.slice(1).map((end, i) => {
    const part = { text: text.slice(cuts[i], end), line };
    line += part.text.match(/\n/g)?.length ?? 0;
    return part;
  });
}
