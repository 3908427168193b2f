import { printable } from './printable.ts';

const CHARACTERS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text from outside, in the text or a quoted attribute of an HTML page: no markup, and nothing that reorders a line. */
export const htmlText = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (character) => CHARACTERS[character] ?? character);
