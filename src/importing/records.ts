import type { Usage } from '../core/response.ts';

/** One row as another program wrote it, by column or member. */
export type ForeignRecord = Readonly<Record<string, unknown>>;

/** A record with where it stands. */
export interface PlacedRecord {
  readonly value: ForeignRecord;
  readonly where: string;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text, or a number written out; undefined for anything else. Numbers that tables write as 7.0 become 7. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** An id: never empty, and without the decimals that a column of numbers puts behind it. */
export function idOf(value: unknown): string | undefined {
  const text = textOf(value)?.trim();
  return text === undefined || text === '' ? undefined : text.replace(/^(\d+)\.0+$/, '$1');
}

/** The texts among some members of a record, in their order. */
export function textsOf(record: ForeignRecord, names: readonly string[]): string[] {
  return names.flatMap((name) => textOf(record[name]) ?? []);
}

/** Token counts, where both are there. */
export function usageOf(prompt: unknown, completion: unknown): Usage | undefined {
  const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;
  return isCount(prompt) && isCount(completion) ? { promptTokens: prompt, completionTokens: completion } : undefined;
}

/** A yes or no as programs write it: true, 1, 1.0, 'true', 'correct', 'C'. */
export function truthOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 1 || value === 0) return value === 1;
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  if (['true', '1', '1.0', 'correct', 'yes', 'c'].includes(word)) return true;
  return ['false', '0', '0.0', 'incorrect', 'fail', 'wrong', 'no', 'i'].includes(word) ? false : undefined;
}
