/**
 * One statement a group, all sent before the first is answered: a transaction of many small statements then costs one
 * round trip and, above all, one commit.
 */
export async function inGroups<Item>(
  items: Iterable<Item>,
  groupOf: (item: Item) => string,
  run: (group: string, items: Item[]) => Promise<unknown>,
): Promise<void> {
  await Promise.all([...Map.groupBy(items, groupOf)].map(([name, group]) => run(name, group)));
}
