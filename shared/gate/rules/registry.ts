import type { GateRule } from '../rule.ts';

/** Every rule of the gate, in the order in which they are told. */
export const GATE_RULES: readonly GateRule[] = [];
