import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until the answer is yes; rejects with what was waited for. */
export async function until(what: string, isSo: () => Promise<boolean>, withinMs = 90_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited ${withinMs / 1000} s in vain until ${what}`);
    await sleep(100);
  }
}
