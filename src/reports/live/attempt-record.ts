/** What the live page needs of a journal line; texts are not held. */
export interface AttemptRecord {
  readonly problem: string;
  readonly sample: number;
  readonly session: string;
  readonly server: string;
  readonly final: boolean;
  readonly latencyMs: number;
  readonly answered: boolean;
  /** As the server counted them; 0 where it does not. */
  readonly completionTokens: number;
  readonly promptTokens: number;
  /** Code and message of a failure. */
  readonly failure: { readonly code: string; readonly message: string } | undefined;
}

const longestMessage = 400;

/** Reads a journal line; undefined for one that is no response record. Only types are checked: the writer checked the rest. */
export function readAttempt(value: unknown): AttemptRecord | undefined {
  const record = memberOf(value);
  const { problem, sample, status } = record;
  if (typeof problem !== 'string' || typeof sample !== 'number') return undefined;
  if (status !== 'answered' && status !== 'failed') return undefined;
  const usage = memberOf(record['usage']);
  const error = memberOf(record['error']);
  return {
    problem,
    sample,
    session: textOf(record['session']),
    server: textOf(record['server']),
    final: record['final'] === true,
    latencyMs: numberOf(record['latencyMs']),
    answered: status === 'answered',
    completionTokens: numberOf(usage['completionTokens']),
    promptTokens: numberOf(usage['promptTokens']),
    failure: status === 'answered' ? undefined : { code: textOf(error['code']), message: textOf(error['message']) },
  };
}

function memberOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, longestMessage) : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0;
}
