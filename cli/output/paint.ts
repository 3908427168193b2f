import { styleText } from 'node:util';
import type { Io } from '../io.ts';

export type Colour = 'red' | 'yellow' | 'green' | 'cyan' | 'bold' | 'dim';

/** The text in a colour where stdout shows colours, the bare text elsewhere. */
export function paint(io: Pick<Io, 'colour'>, colour: Colour, text: string): string {
  return io.colour ? styleText(colour, text, { validateStream: false }) : text;
}
