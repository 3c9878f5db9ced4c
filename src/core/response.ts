import { z } from 'zod';

/** Tokens as the server counted them; prompt tokens include image tokens. */
const usageSchema = z.object({
  promptTokens: z.number().int().nonnegative(),
  completionTokens: z.number().int().nonnegative(),
});

const attempt = {
  /** Problem id. */
  problem: z.string(),
  /** 0-based index among the `repeat` samples of this problem. */
  sample: z.number().int().nonnegative(),
  /** 1-based within the session that asked. */
  attempt: z.number().int().positive(),
  /** Session id, see sessions.jsonl. */
  session: z.string(),
  /** Whether the session gave up or was done with this sample here; attempts that were retried have `false`. */
  final: z.boolean(),
  /** Label of the server that was asked; empty where none was reached or the response was imported. */
  server: z.string(),
  /** Wall-clock milliseconds from dispatch to the end of the attempt; 0 for an imported response. */
  latencyMs: z.number().nonnegative(),
};

/** What a checkpoint said. */
const answeredSchema = z.object({
  ...attempt,
  status: z.literal('answered'),
  text: z.string(),
  /** `stop`, `length`, `repetition`, …, or `imported`. `length` means that the text was cut. */
  finishReason: z.string(),
  usage: usageSchema.optional(),
  /** The engine's `system_fingerprint`, where it gives one. */
  fingerprint: z.string().optional(),
});

/** Why there is no response: transport, server or image. Never counted as a wrong answer. */
const failedSchema = z.object({
  ...attempt,
  status: z.literal('failed'),
  error: z.object({ code: z.string(), message: z.string(), httpStatus: z.number().int().optional() }),
});

/** One line of a response journal: one attempt that ended. */
export const responseSchema = z.discriminatedUnion('status', [answeredSchema, failedSchema]);

export type Answered = z.infer<typeof answeredSchema>;
export type Failed = z.infer<typeof failedSchema>;
export type Response = z.infer<typeof responseSchema>;
export type Usage = z.infer<typeof usageSchema>;

/** Identifies one sample of one problem inside a benchmark. */
export function sampleKey(problem: string, sample: number): string {
  return `${sample}/${problem}`;
}
