import { fileURLToPath } from 'node:url';

/** The path of a file that ships with meshgraph. Right for cli/ and for dist/, which are both one folder down. */
export const packageFile = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
