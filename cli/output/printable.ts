/** Characters that command a terminal or reorder a line: what manifests hold must not. */
const COMMANDS = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Text from outside on one line: white space is a space, and what would command the terminal is written `\u{1b}`. */
export const printable = (text: string): string =>
  text.replace(/\s+/gu, ' ').replace(COMMANDS, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
