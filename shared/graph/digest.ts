import { hash } from 'node:crypto';

/** 128 bits of SHA-256 over a text, in hexadecimal: no two facts of a mesh share it, and Neo4j stores it inline. */
export const digestOf = (text: string): string => hash('sha256', text).slice(0, 32);
