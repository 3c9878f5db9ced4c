import { z } from 'zod';
import { SynthrlError } from '../core/errors.ts';
import { type EndpointSoftware, identifySoftware } from './endpoint-software.ts';
import { apiAddresses } from './endpoint-url.ts';
import { plainText } from './plain-text.ts';
import { type HttpReply, httpGet } from './server-http.ts';

const timeoutMs = 10_000;
const shownModels = 20;

const modelSchema = z.object({
  id: z.string(),
  owned_by: z.string().optional().catch(undefined),
  max_model_len: z.number().int().positive().optional().catch(undefined),
});
const modelsSchema = z.object({ data: z.array(modelSchema) });
export type ListedModel = z.infer<typeof modelSchema>;

/** An endpoint that answered, and which model of it is to be asked. */
export interface ProbedEndpoint extends EndpointSoftware {
  /** Where its API begins; ends in `/v1` except at hosts that call it otherwise. */
  readonly baseUrl: string;
  readonly model: string;
  /** Longest prompt plus answer in tokens, where the endpoint tells it. */
  readonly maxModelLen?: number;
}

interface Asked {
  readonly url: string;
  readonly model?: string;
  /** Sent as a bearer token; never shown. */
  readonly apiKey?: string;
}

/**
 * Asks an endpoint that already runs what it is and which model it serves.
 *
 * @param options.url - with or without `/v1`
 * @param options.model - needed where it serves several
 * @throws {SynthrlError} `SERVER_UNREACHABLE`, `SERVER_UNAUTHORIZED`, `SERVER_MODEL_UNKNOWN` listing the models, `USAGE`
 */
export async function probeEndpoint(options: Asked): Promise<ProbedEndpoint> {
  const { baseUrl, reply } = await findApi(options);
  const listed = readModels(options, baseUrl, reply);
  const model = await chooseModel(options, baseUrl, listed);
  const entry = listed?.find(({ id }) => id === model);
  const software = await identifySoftware(baseUrl, entry ?? listed?.[0], options.apiKey);
  const maxModelLen = entry?.max_model_len;
  return { baseUrl, model, ...software, ...(maxModelLen === undefined ? {} : { maxModelLen }) };
}

/** The address under which /models answers; the likeliest one where none does but something is there. */
async function findApi(options: Asked): Promise<{ baseUrl: string; reply: Extract<HttpReply, { ok: true }> }> {
  let first: { baseUrl: string; reply: Extract<HttpReply, { ok: true }> } | undefined;
  for (const baseUrl of apiAddresses(options.url)) {
    const reply = await httpGet(`${baseUrl}/models`, { timeoutMs, apiKey: options.apiKey });
    if (!reply.ok) throw unreachable(`No server can be asked at ${baseUrl}: ${plainText(reply.reason, 200)}.`);
    first ??= { baseUrl, reply };
    if (reply.status !== 404) return { baseUrl, reply };
  }
  if (first === undefined) throw new Error('an endpoint without an address');
  return first;
}

/** The models that the endpoint lists; undefined where it lists none but the person named one. */
function readModels(
  options: Asked,
  baseUrl: string,
  reply: Extract<HttpReply, { ok: true }>,
): ListedModel[] | undefined {
  const { status } = reply;
  if (status === 401 || status === 403) throw unauthorized(baseUrl, status, options.apiKey !== undefined);
  if (status === 502 || status === 503 || status === 504) {
    throw unreachable(`The server at ${baseUrl} is not ready: it answers with status ${status}.`);
  }
  const models = modelsSchema.safeParse(status === 200 ? reply.json : undefined);
  if (models.success && models.data.data.length > 0) return models.data.data;
  if (status === 200 && !models.success) {
    throw unreachable(`${baseUrl}/models answers, but not as an OpenAI-compatible server does.`);
  }
  if (options.model !== undefined) return undefined;
  const how = status === 200 ? 'an empty list' : `status ${status}`;
  throw new SynthrlError('SERVER_MODEL_UNKNOWN', `The server at ${baseUrl} does not list its models (${how}).`, {
    hint: 'Name the model with --model. If the address is wrong, give the one that ends in /v1.',
  });
}

async function chooseModel(
  options: Asked,
  baseUrl: string,
  listed: readonly ListedModel[] | undefined,
): Promise<string> {
  const { model } = options;
  if (model === undefined) {
    const [only, ...others] = listed ?? [];
    if (only !== undefined && others.length === 0) return only.id;
    throw modelUnknown(`The server at ${baseUrl} serves ${listed?.length ?? 0} models`, listed ?? []);
  }
  if (listed === undefined || listed.some(({ id }) => id === model)) return model;
  // Hosted services list canonical names only, but know aliases of them one by one.
  const known = await httpGet(`${baseUrl}/models/${encodeURIComponent(model)}`, { timeoutMs, apiKey: options.apiKey });
  const alias = modelSchema.safeParse(known.ok && known.status === 200 ? known.json : undefined);
  if (alias.success) return model;
  throw modelUnknown(`The server at ${baseUrl} does not serve "${plainText(model, 200)}"`, listed);
}

function modelUnknown(what: string, listed: readonly ListedModel[]): SynthrlError {
  const names = listed.slice(0, shownModels).map(({ id }) => plainText(id, 120));
  const more = listed.length > shownModels ? ` and ${listed.length - shownModels} more` : '';
  return new SynthrlError('SERVER_MODEL_UNKNOWN', `${what}. It lists: ${names.join(', ')}${more}.`, {
    hint: 'Choose one of them with --model.',
  });
}

function unauthorized(baseUrl: string, status: number, hadKey: boolean): SynthrlError {
  const what = hadKey ? 'does not accept the key in OPENAI_API_KEY' : 'asks for a key';
  return new SynthrlError('SERVER_UNAUTHORIZED', `The server at ${baseUrl} ${what} (status ${status}).`, {
    hint: hadKey
      ? 'Check that OPENAI_API_KEY holds the key of this server.'
      : 'Set OPENAI_API_KEY in the environment, then run the same command again.',
  });
}

function unreachable(message: string): SynthrlError {
  return new SynthrlError('SERVER_UNREACHABLE', message, {
    hint: 'Check host and port, and that the server is up: `curl <address>/models` should answer.',
  });
}
