import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../../src/core/problem.ts';
import { type Response, responseSchema, sampleKey } from '../../src/core/response.ts';
import { type AskItem, type AskOptions, type AskOutcome, ask } from '../../src/inference/ask.ts';
import type { Endpoint } from '../../src/inference/endpoint.ts';
import { ImageStore } from '../../src/inference/images/image-store.ts';

export const root = mkdtempSync(join(tmpdir(), 'synthrl-asking-'));

export const limits = { minPixels: 3136, maxPixels: 1_003_520, maxImages: 2 };

export const images = new ImageStore({ folder: join(root, 'images'), limits });

export const question: AskOptions['question'] = {
  prompt: { layout: 'original-eval', instruction: 'Think.' },
  images: limits,
  sampling: { temperature: 0, topP: 0.95, repetitionPenalty: 1, maxTokens: 64, maxModelLen: 4096, seed: 7 },
};

/** Waits short enough for tests. */
export const patience = { firstDelayMs: 4, longestDelayMs: 20, deadlineMs: 60_000 };

export function problem(id: string, over: Partial<Problem> = {}): Problem {
  const fixed = { benchmark: 'wemath', group: id, question: id, images: [], choices: [], answer: '42', facets: {} };
  return { ...fixed, id, prompt: `question ${id}`, policy: { type: 'free' }, ...over };
}

export function items(count: number): AskItem[] {
  return Array.from({ length: count }, (_, index) => ({ problem: problem(`p${index}`), sample: 0 }));
}

export function endpoint(baseUrl: string, over: Partial<Endpoint> = {}): Endpoint {
  return { label: baseUrl, baseUrl, model: 'checkpoint', images: 'file', dialect: 'vllm', window: 8, ...over };
}

export interface Asked {
  readonly outcome: AskOutcome;
  readonly records: readonly (Response & { benchmark: string })[];
  /** Final records by sample key. */
  readonly final: ReadonlyMap<string, Response>;
}

/** Asks and keeps what was recorded; each record is checked as the journal does. */
export async function askAll(options: Pick<AskOptions, 'items' | 'endpoints'> & Partial<AskOptions>): Promise<Asked> {
  const records: (Response & { benchmark: string })[] = [];
  const final = new Map<string, Response>();
  const record = (benchmark: string, response: Response) => {
    responseSchema.parse(response);
    records.push({ ...response, benchmark });
    if (!response.final) return;
    const key = `${benchmark} ${sampleKey(response.problem, response.sample)}`;
    if (final.has(key)) throw new Error(`two final records of ${key}`);
    final.set(key, response);
  };
  const outcome = await ask({ question, images, session: 's1', record, patience, ...options });
  return { outcome, records, final };
}
