const FENCE = /^ *```(\w+)\n([\s\S]*?)^ *```$/gm;

/** The blocks of code of a page in one of some languages. */
export const codeBlocks = (page: string, languages: readonly string[]): string[] =>
  [...page.matchAll(FENCE)].flatMap(([, language = '', code = '']) => (languages.includes(language) ? [code] : []));

/**
 * Every command line of meshgraph in shell or YAML, as its arguments: what stands between `meshgraph` and the end of the
 * command. Words that a shell would make of variables stay as they are written.
 */
export function documentedCommands(code: string): string[][] {
  return code
    .replaceAll(/\\\n\s*/g, ' ')
    .replaceAll(/\s#[^\n]*/g, '')
    .split('\n')
    .flatMap((line) =>
      [...line.matchAll(/(?<![\w./@-])meshgraph ((?:[a-z]|--)[^\n]*)/g)].map(([, rest = '']) => words(rest)),
    )
    .filter((args) => args.length > 0);
}

/** Words up to a pipe, a redirection or the next command; `<what>` is one. */
function words(text: string): string[] {
  const found: string[] = [];
  for (const [word] of text.matchAll(/<[^<>\n]+>|"[^"]*"|'[^']*'|\$\([^)]*\)|[^\s"'|&;>]+|[|&;>]/g)) {
    if (/^[|&;>]/.test(word)) break;
    found.push(word.replace(/^(["'])(.*)\1$/, '$2'));
  }
  return found;
}
