/**
 * What `make` gives for each item, in the order of the items, while it already works on the next few. Items behind one
 * that fails are not begun.
 */
export async function* lookAhead<Item, Made>(
  items: readonly Item[],
  ahead: number,
  make: (item: Item) => Promise<Made>,
): AsyncGenerator<Made> {
  const begun: Promise<Made>[] = [];
  for (let next = 0; next < items.length || begun.length > 0; ) {
    while (begun.length < ahead && next < items.length) {
      const work = make(items[next++] as Item);
      // Told when its turn comes.
      work.catch(() => undefined);
      begun.push(work);
    }
    yield await (begun.shift() as Promise<Made>);
  }
}
