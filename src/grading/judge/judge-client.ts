import type { Usage } from '../../core/response.ts';
import type { Endpoint } from '../../inference/endpoint.ts';
import { PatientClient, type PatientClientOptions } from '../../inference/patient-client.ts';
import type { Asked } from '../../inference/request-body.ts';

/** Room for a verdict and for the thinking that some models do before it. */
const maxTokens = 2048;

/** One question to the judge. */
export interface JudgeQuestion {
  readonly prompt: string;
  readonly replySchema: NonNullable<Asked['replySchema']>;
  /** 0-based; a question that is put again is put at another temperature, since a greedy reply would come again. */
  readonly round: number;
}

/** What a judge said. */
export interface JudgeReply {
  readonly text: string;
  readonly usage: Usage;
}

/** Asks one judge server for verdicts, patiently. */
export class JudgeClient {
  readonly #client: PatientClient;

  constructor(options: Omit<PatientClientOptions, 'mostCalls'>) {
    this.#client = new PatientClient(options);
  }

  get endpoint(): Endpoint {
    return this.#client.endpoint;
  }

  /** Requests that were sent. */
  get calls(): number {
    return this.#client.calls;
  }

  /** Why the judge is asked no more; undefined while it is. */
  get gone(): string | undefined {
    return this.#client.gone;
  }

  /** The judge's words, or undefined where they could not be had. Never rejects for what the server does. */
  async ask({ prompt, replySchema, round }: JudgeQuestion): Promise<JudgeReply | undefined> {
    const sampling = {
      temperature: round === 0 ? 0 : 0.5,
      topP: 1,
      repetitionPenalty: 1,
      maxTokens,
      maxModelLen: Number.MAX_SAFE_INTEGER,
      seed: 0,
    };
    const asked: Asked = { parts: [{ type: 'text', text: prompt }], sampling, sample: round, replySchema };
    const result = await this.#client.ask(asked);
    if (result === undefined || !('text' in result)) return undefined;
    return { text: result.text, usage: result.usage ?? { promptTokens: 0, completionTokens: 0 } };
  }

  /** Ends all requests; what is still waiting gets no reply. */
  close(): Promise<void> {
    return this.#client.close();
  }
}
