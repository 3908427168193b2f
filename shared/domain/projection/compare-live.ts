/** What the newest scan of a family does to what is live: facts to open, to describe anew, and to close. */
export type Difference<Fact, Live> = {
  readonly opened: Map<string, Fact>;
  readonly changed: Map<string, Fact>;
  readonly closed: Live[];
};

/** Compares a scan's facts with the live ones, both by name. `isSame` looks at what two facts of one name say. */
export function compareLive<Fact, Live>(
  facts: ReadonlyMap<string, Fact>,
  live: ReadonlyMap<string, Live>,
  isSame: (fact: Fact, live: Live) => boolean = () => true,
): Difference<Fact, Live> {
  const opened = new Map<string, Fact>();
  const changed = new Map<string, Fact>();
  for (const [name, fact] of facts) {
    const known = live.get(name);
    if (known === undefined) opened.set(name, fact);
    else if (!isSame(fact, known)) changed.set(name, fact);
  }
  const closed = [...live].filter(([name]) => !facts.has(name)).map(([, known]) => known);
  return { opened, changed, closed };
}
