/**
 * Every Lambda with its size. `memory` (MB) buys processor time as well: 1,769 MB are one core. `timeout` is in seconds.
 * `reserved` bounds how many run at once, where more would only fight over Neo4j's locks or plan the same windows twice.
 */
export const FUNCTIONS = {
  'plan-scans': { memory: 256, timeout: 60, reserved: 1, why: 'lists keys and sends messages' },
  'read-traffic': { memory: 768, timeout: 300, why: 'a window of 20,000 call pairs: a heap of 256 MB, 540 MB in all' },
  'read-cluster': { memory: 1024, timeout: 180, why: 'peak of 386 MB for 10,000 pods (docs/benchmarks.md)' },
  'read-certificates': { memory: 256, timeout: 60, why: 'a ConfigMap and a few certificates' },
  'write-graph': {
    memory: 1024,
    timeout: 180,
    reserved: 5,
    why: 'peak of 369 MB for 10,000 pods (docs/benchmarks.md)',
  },
  'evaluate-checks': { memory: 512, timeout: 120, reserved: 3, why: 'holds the rows of one check at a time' },
  'send-alerts': { memory: 256, timeout: 120, reserved: 2, why: 'waits for Slack, about one message a second' },
  'answer-query': { memory: 1024, timeout: 29, reserved: 10, why: 'somebody waits: half a core' },
  'gate-release': {
    memory: 1769,
    timeout: 29,
    reserved: 5,
    why: 'somebody waits: a core reads and judges 10,000 pods in 5 to 8 s, with a peak of 690 MB',
  },
  'compact-graph': { memory: 512, timeout: 900, reserved: 1, why: 'works through days in batches' },
} as const satisfies Record<string, FunctionSize>;

type FunctionSize = {
  readonly memory: number;
  readonly timeout: number;
  readonly reserved?: number;
  readonly why: string;
};

export type FunctionName = keyof typeof FUNCTIONS;

export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as FunctionName[];

export const sizeOf = (name: FunctionName): FunctionSize => FUNCTIONS[name];
