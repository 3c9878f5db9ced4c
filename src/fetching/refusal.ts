import { SynthrlError } from '../core/errors.ts';
import { HubTrouble, readRetryAfter } from './patience.ts';

/** A reply that is no success, and what was asked. */
export interface Refused {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  /** Host that refused; not always the endpoint's. */
  readonly host: string;
  /** Whether it came from the endpoint itself, not from where it redirected to. */
  readonly fromEndpoint: boolean;
  readonly withToken: boolean;
  /** Page of the data set, for people. */
  readonly page: string;
}

/** The server has no such part of the file (416): what was kept of it is no beginning of what it has. */
export class PartRefused extends SynthrlError {}

/** What a refused request means: trouble that passes, or something that a person has to do. */
export function refusal(refused: Refused): Error {
  const { status, header, host, fromEndpoint, page } = refused;
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfterMs = readRetryAfter(header('retry-after'));
    return new HubTrouble(`${host} answers ${status}${status === 429 ? ' (too many requests)' : ''}`, { retryAfterMs });
  }
  // Links that the hub redirects to are good for some minutes only; the next attempt gets a new one.
  if (!fromEndpoint && (status === 401 || status === 403)) return new HubTrouble(`${host} answers ${status}`);
  if (status === 401 || status === 403) return gated(refused);
  if (status === 404) return notFound(header('x-error-code'), page);
  const kind = status === 416 ? PartRefused : SynthrlError;
  return new kind('FETCH_FAILED', `${host} answers ${status} for ${page}.`, {
    hint: 'Is HF_ENDPOINT a Hugging Face hub or a mirror of it?',
  });
}

function gated({ status, header, host, withToken, page }: Refused): SynthrlError {
  const tokens = 'A token is made in the settings of a Hugging Face account, under Access Tokens.';
  if (/gated/i.test(header('x-error-code') ?? '')) {
    return new SynthrlError('FETCH_GATED', `${page} is given only to those who accept its conditions.`, {
      hint: `Accept the licence at ${page}, then set HF_TOKEN to a token of that account. ${tokens}`,
    });
  }
  if (!withToken) {
    return new SynthrlError(
      'FETCH_GATED',
      `${host} does not show ${page} to everybody, or there is no such data set.`,
      {
        hint: `Open ${page}: if it asks to log in, do so, accept its licence, and set HF_TOKEN. ${tokens}`,
      },
    );
  }
  const message =
    status === 401 ? `${host} does not accept the token.` : `The token of this account may not read ${page}.`;
  return new SynthrlError('FETCH_GATED', message, {
    hint: `Accept the licence at ${page} and check HF_TOKEN (or the token file of the Hugging Face tools). ${tokens}`,
  });
}

function notFound(code: string | undefined, page: string): SynthrlError {
  const what: Readonly<Record<string, string>> = {
    RevisionNotFound: `${page} has no such revision.`,
    EntryNotFound: `${page} no longer has this file.`,
  };
  return new SynthrlError('FETCH_NOT_FOUND', what[code ?? ''] ?? `There is no data set at ${page}.`, {
    hint: 'Look at the page. `--revision main` takes the newest state; HF_ENDPOINT names another hub.',
  });
}
