/** More texts than this are not kept: they may come from whoever asks. */
const KEPT_TEXTS = 10_000;

/** Work on a text that comes again and again, done the first time. What it gives is shared: it must not be changed. */
export function oncePerText<Value>(work: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined || known.has(text)) return found as Value;
    if (known.size >= KEPT_TEXTS) known.clear();
    const value = work(text);
    known.set(text, value);
    return value;
  };
}

/** Work that several ask for, done when first asked for and kept as long as what it is about. */
export function oncePer<Subject extends object, Value>(work: (about: Subject) => Value): (about: Subject) => Value {
  const known = new WeakMap<Subject, { readonly value: Value }>();
  return (about) => {
    const found = known.get(about);
    if (found) return found.value;
    const value = work(about);
    known.set(about, { value });
    return value;
  };
}

/** Work that may never be asked for, done when it first is. */
export function once<Value>(work: () => Value): () => Value {
  let done: { readonly value: Value } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
