import { SynthrlError } from '../core/errors.ts';
import type { JudgeSoftware } from '../grading/judge/judge.ts';
import type { Endpoint } from '../inference/endpoint.ts';
import { apiAddresses } from '../serving/endpoint-url.ts';
import { probeEndpoint } from '../serving/probe-endpoint.ts';
import type { Settings } from './options.ts';

/** Where the judge is asked. The key of no other role is ever sent there. */
export interface JudgeEndpoint {
  readonly endpoint: Endpoint;
  /** What the server says that it is; undefined where it could not be reached. */
  readonly software: JudgeSoftware | undefined;
}

const keyVariable = 'SYNTHRL_JUDGE_API_KEY';

/** @throws {SynthrlError} `USAGE`, `SERVER_UNREACHABLE`, `SERVER_UNAUTHORIZED`, `SERVER_MODEL_UNKNOWN` */
export async function findJudge(
  choices: Settings<'judge-server' | 'judge-model' | 'judge-connections'>,
  options: { readonly judgeMayBeAway: boolean; readonly note: (sentence: string) => void },
): Promise<JudgeEndpoint> {
  const { 'judge-server': server, 'judge-model': model } = choices;
  if (server === undefined || server.trim() === '') {
    throw new SynthrlError('USAGE', 'A judge model is to be asked, and no `--judge-server` is named.', {
      hint: `Name an OpenAI-compatible endpoint with --judge-server, and its model with --judge-model where it serves several; its key comes from ${keyVariable}.`,
    });
  }
  const apiKey = process.env[keyVariable];
  const common = {
    label: 'judge',
    images: 'base64' as const,
    window: choices['judge-connections'],
    ...(apiKey ? { apiKey } : {}),
  };
  try {
    const asked = { url: server, ...(model === undefined ? {} : { model }), ...(apiKey ? { apiKey } : {}) };
    const probe = await probeEndpoint(asked);
    const { baseUrl, dialect, version, simulated } = probe;
    return { endpoint: { ...common, baseUrl, model: probe.model, dialect }, software: { version, simulated } };
  } catch (error) {
    if (!(error instanceof SynthrlError)) throw error;
    const [baseUrl] = apiAddresses(server);
    if (error.code === 'SERVER_UNREACHABLE' && options.judgeMayBeAway && model !== undefined && baseUrl) {
      options.note(`The judge at ${baseUrl} cannot be reached; judgements of earlier sessions are used.`);
      return { endpoint: { ...common, baseUrl, model, dialect: 'openai' }, software: undefined };
    }
    throw asJudgeError(error);
  }
}

/** A probe's failure in the judge's words: other options and another variable are to be looked at. */
function asJudgeError(error: SynthrlError): SynthrlError {
  const mend = (text: string) =>
    text
      .replaceAll('OPENAI_API_KEY', keyVariable)
      .replaceAll('--model', '--judge-model')
      .replace(/^The server/, 'The judge');
  const hint = error.hint === undefined ? {} : { hint: mend(error.hint) };
  return new SynthrlError(error.code, mend(error.message), { ...hint, cause: error });
}
