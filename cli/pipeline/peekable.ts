/** A stream of items of which the next one can be looked at before it is taken. `undefined` = it is over. */
export type Peekable<T> = { readonly peek: () => Promise<T | undefined>; readonly take: () => Promise<T | undefined> };

export function peekable<T>(next: () => Promise<T | undefined>): Peekable<T> {
  let ahead: { readonly item: T | undefined } | undefined;
  const peek = async () => {
    ahead ??= { item: await next() };
    return ahead.item;
  };
  return {
    peek,
    take: async () => {
      const item = await peek();
      if (item !== undefined) ahead = undefined;
      return item;
    },
  };
}
