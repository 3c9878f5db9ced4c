import { z } from 'zod';
import { plainText } from './plain-text.ts';
import { httpGet } from './server-http.ts';

const timeoutMs = 5000;
const versionSchema = z.object({ version: z.string(), simulator: z.boolean().optional().catch(undefined) });

/** What kind of server an endpoint is. */
export interface EndpointSoftware {
  /** As it says itself, with the name of the software where it is not vLLM, e.g. `ollama 0.5.1`; `unknown` where it does not. */
  readonly version: string;
  /** Whether it says that it is our simulator. */
  readonly simulated: boolean;
  /** `vllm` understands vLLM's own request fields; anything else gets the standard ones alone. */
  readonly dialect: 'vllm' | 'openai';
}

/** Servers that are told by the owner of their models, with the path below the API's parent that tells the version. */
const others: Readonly<Record<string, { name: string; path: string }>> = {
  library: { name: 'ollama', path: '/api/version' },
  sglang: { name: 'sglang', path: '/get_server_info' },
};

/**
 * Tells vLLM from other servers: it owns the models that it lists, and has /version beside the API.
 *
 * @param model - an entry of the endpoint's list; absent where there is no list
 */
export async function identifySoftware(
  baseUrl: string,
  model: { owned_by?: string | undefined } | undefined,
  apiKey: string | undefined,
): Promise<EndpointSoftware> {
  const root = baseUrl.replace(/\/v\d+$/, '');
  const owner = model?.owned_by;
  const other = owner !== undefined && Object.hasOwn(others, owner) ? others[owner] : undefined;
  if (other) {
    const said = await askVersion(`${root}${other.path}`, apiKey);
    return { version: `${other.name} ${said?.version ?? 'unknown'}`, simulated: false, dialect: 'openai' };
  }
  const said = await askVersion(`${root}/version`, apiKey);
  const simulated = said?.simulator === true;
  const isVllm = simulated || owner === 'vllm' || (model === undefined && said !== undefined);
  return { version: said?.version ?? 'unknown', simulated, dialect: isVllm ? 'vllm' : 'openai' };
}

async function askVersion(url: string, apiKey: string | undefined) {
  const reply = await httpGet(url, { timeoutMs, apiKey });
  const said = versionSchema.safeParse(reply.ok && reply.status === 200 ? reply.json : undefined);
  return said.success ? { ...said.data, version: plainText(said.data.version, 100) } : undefined;
}
