import { InvalidInputError } from '../errors.ts';
import type { SamplesRecord } from './record.ts';

type Samples = { readonly times: readonly number[]; readonly values: readonly number[] };

/** Samples of one series as a record. `times` are ascending epoch milliseconds, at least one. */
export function encodeSamples(series: number, { times, values }: Samples): SamplesRecord {
  return {
    type: 'samples',
    series,
    times: times.map((time, i) => (i === 0 ? time : time - (times[i - 1] as number))),
    values: values.map((value) =>
      Number.isNaN(value) ? 'NaN' : Number.isFinite(value) ? value : value > 0 ? '+Inf' : '-Inf',
    ),
  };
}

/** The samples of a record. Throws InvalidInputError where times and values do not pair. */
export function decodeSamples(record: SamplesRecord): { times: number[]; values: number[] } {
  if (record.times.length !== record.values.length) {
    throw new InvalidInputError(
      `series ${record.series} has ${record.times.length} times, ${record.values.length} values`,
    );
  }
  let time = 0;
  const times = record.times.map((step) => {
    time += step;
    return time;
  });
  return { times, values: record.values.map(numberOf) };
}

const numberOf = (value: number | 'NaN' | '+Inf' | '-Inf'): number =>
  typeof value === 'number'
    ? value
    : value === '+Inf'
      ? Number.POSITIVE_INFINITY
      : value === '-Inf'
        ? Number.NEGATIVE_INFINITY
        : Number.NaN;
