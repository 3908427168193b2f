import type { Compaction } from './compact-graph.ts';

type Reporting = {
  readonly log: {
    readonly info: (message: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
    readonly warn: (message: string, fields: Readonly<Record<string, string | number | boolean>>) => void;
  };
  readonly measure: (
    name: 'GraphNodes' | 'GraphRelationships' | 'BudgetUsed' | 'DeadlineReached',
    value: number,
  ) => void;
};

/** Tells logs and metrics what came of a compaction. A budget that cannot be kept is an alarm: BudgetUsed over 100. */
export function measureCompaction({ log, measure }: Reporting, { finished, changed, size, budget }: Compaction): void {
  measure('GraphNodes', size.nodes);
  measure('GraphRelationships', size.relationships);
  measure('DeadlineReached', finished ? 0 : 1);
  const about = { ...changed, nodes: size.nodes, relationships: size.relationships };
  log.info(finished ? 'compacted' : 'not all was compacted in time: the next run goes on', about);
  if (!budget) return;
  measure('BudgetUsed', budget.used);
  const used = { used: budget.used };
  if (finished && !budget.fits)
    log.warn('the graph does not fit its budget: raise retention.budget, or keep less', used);
  else if (budget.tightened) log.warn('less is kept than configured, so that the graph fits its budget', used);
}
