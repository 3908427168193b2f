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
