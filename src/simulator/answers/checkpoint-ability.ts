/** How a checkpoint is known to the answer policy. */
export interface CheckpointAbility {
  /** The ability key that matched, else the last telling segment of the path. */
  readonly name: string;
  /** Logits; 0 where no key matched. */
  readonly ability: number;
}

/** Segments below a checkpoint's own folder in the layout that RL trainers write. */
const inner = new Set(['actor', 'huggingface', '']);

/**
 * Finds a checkpoint's ability by its model path: of the keys whose segments stand in the path side by side, the one
 * that ends last; of two that end together, the longer.
 */
export function checkpointAbility(modelPath: string, abilities: Readonly<Record<string, number>>): CheckpointAbility {
  const segments = modelPath.split('/').filter((segment) => segment !== '');
  let best: { key: string; end: number; length: number } | undefined;
  for (const key of Object.keys(abilities)) {
    const wanted = key.split('/').filter((segment) => segment !== '');
    const end = lastEndOf(wanted, segments);
    if (end === undefined) continue;
    if (best === undefined || end > best.end || (end === best.end && wanted.length > best.length)) {
      best = { key, end, length: wanted.length };
    }
  }
  if (best) return { name: best.key, ability: abilities[best.key] ?? 0 };
  return { name: segments.findLast((segment) => !inner.has(segment)) ?? modelPath, ability: 0 };
}

function lastEndOf(wanted: readonly string[], segments: readonly string[]): number | undefined {
  if (wanted.length === 0) return undefined;
  for (let end = segments.length; end >= wanted.length; end -= 1) {
    if (wanted.every((segment, index) => segment === segments[end - wanted.length + index])) return end;
  }
  return undefined;
}
