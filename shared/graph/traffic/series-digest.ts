import { createHash } from 'node:crypto';

/** 128 bits of SHA-256 over a series' text, in hexadecimal: short in every id, and no two series of a mesh share it. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
