import { formatInstant } from '../../shared/domain/instant.ts';
import type { Io } from '../io.ts';
import { renderTable } from '../output/table.ts';
import type { Redriven } from './redrive.ts';

/** A line a queue. Failed runs are only counted: their schedule has started them again since. */
export const renderRedriven = (io: Pick<Io, 'colour' | 'columns'>, redriven: readonly Redriven[]): string =>
  renderTable<Redriven>(
    io,
    [
      { title: 'QUEUE', value: ({ name }) => name },
      { title: 'DEAD LETTERS', value: ({ messages }) => messages },
      { title: 'OLDEST', value: ({ oldest }) => (oldest === undefined ? undefined : formatInstant(oldest)) },
      { title: 'SENT BACK', value: ({ moved }) => moved },
    ],
    redriven,
  );
