import { SynthrlError } from '../core/errors.ts';
import type { Endpoint } from './endpoint.ts';
import type { Failure } from './failure.ts';

/** The error that ends asking where every further request to an endpoint would fail in the same way. */
export function configurationError({ baseUrl, model }: Endpoint, failure: Failure): SynthrlError {
  if (failure.modelUnknown) {
    return new SynthrlError(
      'SERVER_MODEL_UNKNOWN',
      `The server at ${baseUrl} does not serve the model "${model}": ${failure.message}`,
      { hint: 'Name a model that it serves with --model; GET /models at that address lists them.' },
    );
  }
  return new SynthrlError(
    'SERVER_UNREACHABLE',
    `The server at ${baseUrl} refuses all requests (HTTP status ${failure.httpStatus ?? 'unknown'}): ${failure.message}`,
    {
      hint:
        failure.httpStatus === 404
          ? 'There is no /chat/completions at that address. It usually ends in /v1.'
          : 'Check the key in OPENAI_API_KEY and what the account may use. What was answered is kept.',
    },
  );
}
