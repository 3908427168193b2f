/** The two views of the same traffic, kept apart: the caller's proxy's and the called side's. */
export type Layer = 'CALLED' | 'ARRIVED_AT';

export const LAYERS: readonly Layer[] = ['CALLED', 'ARRIVED_AT'];

/** What one series did in one window. `length` and `at` (the window's start) in ms; outcomes hold counts above 0 only. */
export type Slot = {
  readonly at: number;
  readonly length: number;
  readonly values: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
};

/** Of a layer's numbers, `sums` add up over windows and have a total of the same name; `gauges` (latency, ms) do not. */
export const MEASURES = {
  CALLED: {
    sums: ['requests', 'failures', 'refused', 'connections', 'bytesSent', 'bytesReceived'],
    gauges: ['p50', 'p95', 'p99'],
  },
  ARRIVED_AT: { sums: ['requests', 'failures'], gauges: [] },
} as const satisfies Record<Layer, { sums: readonly string[]; gauges: readonly string[] }>;

/** How "no latency was measured in this window" is stored in a list of numbers. */
export const NO_LATENCY = -1;

/** The list that holds a measure by window: `requests` -> `wRequests`. */
export const listName = (measure: string): string => `w${measure.charAt(0).toUpperCase()}${measure.slice(1)}`;

/** The layer's measures, each with the value that says nothing happened. */
export const measuresOf = (layer: Layer): readonly (readonly [measure: string, nothing: number])[] => [
  ...MEASURES[layer].sums.map((measure) => [measure, 0] as const),
  ...MEASURES[layer].gauges.map((measure) => [measure, NO_LATENCY] as const),
];
