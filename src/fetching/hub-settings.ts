import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorMessage, SynthrlError, systemErrorCode } from '../core/errors.ts';

/** Where and how the hub is reached, as the variables of the Hugging Face tools say it. */
export interface HubSettings {
  /** Base URL without credentials and without `/` at the end. */
  readonly endpoint: string;
  /** Value of the Authorization header for the endpoint's own host; never written or logged. */
  readonly authorization: string | undefined;
  /** Absolute folder of the user's hub cache; may be absent. */
  readonly cacheFolder: string;
  /** No request may be made. */
  readonly offline: boolean;
  /** Silence in milliseconds after which a connection is given up. */
  readonly stallMs: number;
}

const publicEndpoint = 'https://huggingface.co';
const defaultStallSeconds = 30;
/** A day; timers cannot be set for much longer than three weeks. */
const longestStallSeconds = 86_400;

/**
 * Reads `HF_ENDPOINT`, `HF_TOKEN` (else `HF_TOKEN_PATH`, else `$HF_HOME/token`), `HF_HUB_CACHE`, `HF_HOME`,
 * `HF_HUB_OFFLINE` and `HF_HUB_DOWNLOAD_TIMEOUT` (seconds).
 *
 * @throws {SynthrlError} `USAGE` for a value that makes no sense; the message never shows a token
 */
export function readHubSettings(environment: Readonly<Record<string, string | undefined>>): HubSettings {
  const home = hubHome(environment);
  const { endpoint, login } = readEndpoint(value(environment, 'HF_ENDPOINT') ?? publicEndpoint);
  return {
    endpoint,
    // Credentials in the URL are the more particular ones, for a mirror behind a login.
    authorization: login ?? bearer(readToken(environment, home)),
    cacheFolder: expandHome(
      value(environment, 'HF_HUB_CACHE') ?? value(environment, 'HUGGINGFACE_HUB_CACHE') ?? join(home, 'hub'),
    ),
    offline: /^(1|on|yes|true)$/i.test(value(environment, 'HF_HUB_OFFLINE') ?? ''),
    stallMs: readSeconds(value(environment, 'HF_HUB_DOWNLOAD_TIMEOUT')) * 1000,
  };
}

function hubHome(environment: Readonly<Record<string, string | undefined>>): string {
  const caches = value(environment, 'XDG_CACHE_HOME') ?? join(homedir(), '.cache');
  return expandHome(value(environment, 'HF_HOME') ?? join(caches, 'huggingface'));
}

function value(environment: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return environment[name]?.trim() || undefined;
}

function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}

function readEndpoint(text: string): { endpoint: string; login: string | undefined } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    // The text is not shown: it may hold a password.
    throw new SynthrlError('USAGE', 'Expected `HF_ENDPOINT` to be a URL that begins with http:// or https://.');
  }
  return { endpoint: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), login: readLogin(url) };
}

function readLogin({ username, password }: URL): string | undefined {
  if (username === '') return undefined;
  try {
    const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(login).toString('base64')}`;
  } catch {
    // The cause is left out, too: it may hold the password.
    throw new SynthrlError('USAGE', 'The name or password in `HF_ENDPOINT` has a `%` that begins no escape.', {
      hint: 'Write a percent sign itself as %25.',
    });
  }
}

function readToken(environment: Readonly<Record<string, string | undefined>>, home: string): string | undefined {
  const named = value(environment, 'HF_TOKEN') ?? value(environment, 'HUGGING_FACE_HUB_TOKEN');
  return named ?? readTokenFile(expandHome(value(environment, 'HF_TOKEN_PATH') ?? join(home, 'token')));
}

function readTokenFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new SynthrlError('USAGE', `The file of the Hugging Face token cannot be read: ${errorMessage(error)}.`, {
      hint: 'Check its permissions, or set HF_TOKEN.',
      cause: error,
    });
  }
}

/** Checked here, because a client that refuses a header value shows it in its message. */
function bearer(token: string | undefined): string | undefined {
  if (token === undefined) return undefined;
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new SynthrlError('USAGE', 'The Hugging Face token holds spaces, line breaks or letters that no token has.', {
      hint: 'Set HF_TOKEN to the token alone, or log in again.',
    });
  }
  return `Bearer ${token}`;
}

function readSeconds(text: string | undefined): number {
  if (text === undefined) return defaultStallSeconds;
  const seconds = Number(text);
  if (seconds > 0) return Math.min(seconds, longestStallSeconds);
  throw new SynthrlError('USAGE', `Expected \`HF_HUB_DOWNLOAD_TIMEOUT\` to be seconds above 0, got \`${text}\`.`);
}
