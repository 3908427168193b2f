import { InvalidInputError } from '../../domain/errors.ts';

/** A Prometheus stopped a query because it would touch more samples than one query may. Fewer series would pass. */
export class SampleLimitError extends InvalidInputError {
  override readonly name: string = 'SampleLimitError';
}
