import { setImmediate } from 'node:timers/promises';

/** Items a statement. */
const ITEMS = 1_000;

/**
 * One statement a group and thousand items, each sent before those before it are answered: the database works on one
 * while the next is made, and a transaction of many small statements costs one round trip and, above all, one commit.
 */
export async function inGroups<Item>(
  items: Iterable<Item>,
  groupOf: (item: Item) => string,
  run: (group: string, items: Item[]) => Promise<unknown>,
): Promise<void> {
  const answers: Promise<unknown>[] = [];
  for (const [name, group] of Map.groupBy(items, groupOf)) {
    for (let start = 0; start < group.length; start += ITEMS) {
      const answer = run(name, group.slice(start, start + ITEMS));
      // One that fails is told below, with the others.
      answer.catch(() => {});
      answers.push(answer);
      await setImmediate();
    }
  }
  await Promise.all(answers);
}
