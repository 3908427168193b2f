import { createHash } from 'node:crypto';

/** SHA-256, in hexadecimal, over lines that each end in a newline, as they are printed. */
export async function hashLines(lines: AsyncIterable<string>): Promise<string> {
  const hash = createHash('sha256');
  for await (const line of lines) hash.update(`${line}\n`);
  return hash.digest('hex');
}
