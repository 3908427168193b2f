export type Pattern = (text: string) => boolean;

/** What Rust's regex crate does not have, and so the proxy refuses: looking around and back references. */
const NOT_IN_RUST = /\(\?<?[=!]|(?<!\\)\\[1-9]/;

/**
 * Why Linkerd would refuse a regular expression; undefined when it takes it. JavaScript's syntax stands in for that of
 * Rust's regex crate, read strictly first and leniently then.
 */
export function invalidExpression(source: string): string | undefined {
  if (NOT_IN_RUST.test(source)) return 'look-around and back references are not supported';
  const compiled = compile(source);
  return typeof compiled === 'string' ? compiled : undefined;
}

/**
 * Whether the leftmost match is the whole text: the proxy asks where it begins and ends instead of anchoring it, so `a|ab`
 * does not match "ab" (linkerd2-proxy http/route, match/path.rs). What cannot be read matches nothing.
 */
export function toPattern(source: string): Pattern {
  const compiled = compile(source);
  if (typeof compiled === 'string') return () => false;
  return (text) => compiled.exec(text)?.[0] === text;
}

/** `(?i)` and the like in front, and `(?P<name>`, are Rust's way to write them. */
function compile(source: string): RegExp | string {
  const [, inline = '', rest = ''] = /^(?:\(\?([ims]+)\))?([\s\S]*)$/.exec(source) ?? [];
  const translated = rest.replaceAll('(?P<', '(?<').replaceAll('\\z', '$').replaceAll('\\A', '^');
  try {
    return new RegExp(translated, `u${inline}`);
  } catch (strict) {
    try {
      return new RegExp(translated, inline);
    } catch {
      return strict instanceof Error ? strict.message.replace(/^.*: /, '').toLowerCase() : 'it does not parse';
    }
  }
}
