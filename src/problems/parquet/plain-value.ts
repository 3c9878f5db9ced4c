import { KeptImage } from './read-image-leaf.ts';

/**
 * A value as JSON would say it: what is absent is null, and so is what is not a number (pandas writes both); a whole
 * number is a number where that is exact and its digits elsewhere; bytes, which only a column read as text could
 * still hold, are null. Images stay what they are.
 */
export function plainValue(value: unknown): unknown {
  if (value === undefined || value === null || value instanceof Uint8Array) return null;
  if (typeof value === 'bigint') return isSafe(value) ? Number(value) : value.toString();
  if (typeof value === 'number') return Number.isNaN(value) ? null : value;
  if (typeof value !== 'object' || value instanceof KeptImage) return value;
  if (Array.isArray(value)) return value.map(plainValue);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]));
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}
