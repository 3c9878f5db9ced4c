/**
 * What a failed attempt means for the next one.
 *
 * - `unreachable`: no connection could be made; the endpoint may be gone.
 * - `throttled`: the server asks for patience; it is not the request's fault and the endpoint is given a rest.
 * - `broken`: connection lost, engine died, reply unusable: tried again, elsewhere where possible.
 * - `once`: may be an accident; tried once more.
 * - `never`: the same request would fail again.
 * - `configuration`: every request to this endpoint would fail; asking stops.
 */
export type FailureKind = 'unreachable' | 'throttled' | 'broken' | 'once' | 'never' | 'configuration';

/** Why an attempt gave no answer. */
export interface Failure {
  readonly kind: FailureKind;
  /** Stands in the record: `http_503`, `server_unreachable`, `wrong_model`, … */
  readonly code: string;
  /** One sentence, or the server's own words: see `printable`. */
  readonly message: string;
  readonly httpStatus?: number;
  /** How long the server asked to be left alone, where it said so and it is at most a minute. */
  readonly retryAfterMs?: number;
  /** With kind `configuration`: the model is not served there. Otherwise key, path or quota is wrong. */
  readonly modelUnknown?: boolean;
}

const kindByStatus: Readonly<Record<number, FailureKind>> = {
  401: 'configuration',
  402: 'configuration',
  404: 'configuration',
  408: 'broken',
  409: 'broken',
  415: 'once',
  425: 'broken',
  429: 'throttled',
  500: 'once',
  501: 'never',
  502: 'broken',
  503: 'throttled',
  504: 'broken',
  529: 'throttled',
};

/** The engine as a whole failed, not this request: the server ends soon and another can answer. */
const engineFailure = /engine ?core|engine ?dead|engine (?:is dead|died|process|loop)|background loop/i;

/** A failure from an HTTP status with the server's own words. */
export function httpFailure(httpStatus: number, message: string, headers: Headers, code?: string): Failure {
  const text = message;
  let kind = kindByStatus[httpStatus] ?? (httpStatus >= 520 ? 'broken' : 'never');
  if (httpStatus === 500 && engineFailure.test(text)) kind = 'broken';
  // The one 429 that no patience heals.
  if (code === 'insufficient_quota') kind = 'configuration';
  const retryAfterMs = readRetryAfter(headers);
  return {
    kind,
    code: `http_${httpStatus}`,
    message: text === '' ? `The server answered with HTTP status ${httpStatus}.` : text,
    httpStatus,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(httpStatus === 404 && /model/i.test(text) ? { modelUnknown: true } : {}),
  };
}

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** No request was sent, because the server's certificate was not accepted or it speaks no TLS. */
const certificateCode = /^(?:CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/** A failure of the connection, from the system's or undici's error code. */
export function connectionFailure(code: string | undefined, message: string): Failure {
  const text = `${message}${code === undefined ? '' : ` (${code})`}`;
  if (code !== undefined && (unreachableCodes.has(code) || certificateCode.test(code))) {
    return { kind: 'unreachable', code: 'server_unreachable', message: text };
  }
  return { kind: 'broken', code: 'connection_lost', message: text };
}

/** Longest time that a server may ask for; beyond it our own back-off decides. */
const longestRetryAfterMs = 60_000;

function readRetryAfter(headers: Headers): number | undefined {
  const milliseconds = headers.get('retry-after-ms');
  const seconds = headers.get('retry-after');
  let afterMs = Number.NaN;
  if (milliseconds !== null) afterMs = Number(milliseconds);
  else if (seconds !== null) {
    afterMs = Number(seconds) * 1000;
    if (Number.isNaN(afterMs)) afterMs = Date.parse(seconds) - Date.now();
  }
  return afterMs >= 0 && afterMs <= longestRetryAfterMs ? afterMs : undefined;
}

/** A server's words as they may be written and shown: short, without control characters and without the key. */
export function printable(message: string, apiKey: string | undefined): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  const plain = message.slice(0, 2000).replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return (apiKey ? plain.replaceAll(apiKey, '***') : plain).slice(0, 500);
}
