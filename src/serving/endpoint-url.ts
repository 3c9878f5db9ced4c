import { SynthrlError } from '../core/errors.ts';

/**
 * Addresses at which an endpoint's API may begin, likeliest first: people give it with and without `/v1`.
 *
 * @throws {SynthrlError} `USAGE` for what is no http address, or one with a password or a query in it
 */
export function apiAddresses(text: string): readonly string[] {
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) throw badUrl(text, 'an http or https address');
  // The address is not repeated here: it may hold a key.
  if (url.username !== '' || url.password !== '') throw badUrl(undefined, 'an address without a user name or password');
  if (url.search !== '' || url.hash !== '') throw badUrl(undefined, 'an address without `?` or `#`');
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(?:chat\/)?completions$|\/models$/, '');
  const base = `${url.origin}${path}`;
  if (/\/v\d+$/.test(path)) return [base];
  // Some hosts keep the API under another name, e.g. …/v1beta/openai.
  return path === '' ? [`${base}/v1`] : [`${base}/v1`, base];
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function badUrl(text: string | undefined, expected: string): SynthrlError {
  const got = text === undefined ? '' : `, got \`${text.slice(0, 200)}\``;
  return new SynthrlError('USAGE', `Expected --server to be ${expected}${got}.`, {
    hint: 'E.g. --server http://localhost:8000/v1. Keys come from the environment: OPENAI_API_KEY.',
  });
}
