/** One property and what it means, in a sentence; likewise a label and a relationship type. */
export type PropertyDoc = readonly [name: string, meaning: string];
export type LabelDoc = {
  readonly label: string;
  readonly meaning: string;
  readonly properties: readonly PropertyDoc[];
};
export type RelationshipDoc = {
  readonly type: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly meaning: string;
  readonly properties: readonly PropertyDoc[];
};
