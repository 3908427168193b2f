import { InvalidInputError } from '../../shared/domain/errors.ts';

/** Where an API is. `region` and `id` are told by the host of an API Gateway; a domain of its own tells neither. */
export type ApiAddress = {
  readonly base: string;
  readonly region: string | undefined;
  readonly id: string | undefined;
};

const LOCAL = /^(localhost|127\.|\[::1\])/;

/** Reads an API's URL: https, or http on this machine, with or without its `/v1`. Throws InvalidInputError. */
export function readApiAddress(text: string): ApiAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOCAL.test(url.hostname));
  if (url === undefined || !isSafe || url.username !== '' || url.search !== '') {
    throw new InvalidInputError(
      `an API is named by an address like https://abc123.execute-api.eu-west-1.amazonaws.com, not "${text}"`,
    );
  }
  const [, id, region] = /^([a-z0-9]+)\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(url.hostname) ?? [];
  return { base: `${url.origin}${url.pathname.replace(/\/(v1\/?)?$/, '')}`, region, id };
}
