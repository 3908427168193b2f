/**
 * A text within quotes of a Mermaid diagram, which takes character numbers between `#` and `;`. Everything that could end a label
 * or be read as HTML or Markdown is one.
 */
export const mermaidText = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .,:/·+()_-]/gu, (character) => `#${character.codePointAt(0)};`);
