import type { BenchmarkScores, ComparedBenchmark, ComparedCheckpoint } from './score-benchmark.ts';

const mostNamed = 5;

/** Whole sentences about what a comparison leaves out, and about checkpoints that are the same. */
export function describeSharing(
  asked: { readonly benchmarks: readonly ComparedBenchmark[]; readonly checkpoints: readonly ComparedCheckpoint[] },
  scored: readonly BenchmarkScores[],
  shared: readonly BenchmarkScores[],
): string[] {
  const { checkpoints } = asked;
  const notes: string[] = [];
  for (const { name } of asked.benchmarks) {
    const scores = scored.find((one) => one.name === name);
    if (scores === undefined) {
      notes.push(`No two checkpoints were asked the same problems of ${name}; it is left out.`);
      continue;
    }
    if (!shared.includes(scores)) {
      const missing = checkpoints.filter((_, place) => scores.shares[place] === undefined).map((one) => one.name);
      notes.push(`${listed(missing)} ${have(missing)} no results on ${name}: it is not in the average.`);
    }
    if (scores.leftOut > 0) {
      const both = scores.leftOut + scores.problems.length;
      notes.push(
        `Of the ${both} problems of ${name} that were asked, all its checkpoints share ${scores.problems.length}; only these are compared.`,
      );
    }
  }
  return [...notes, ...sameWeights(checkpoints)];
}

function sameWeights(checkpoints: readonly ComparedCheckpoint[]): string[] {
  const byFingerprint = new Map<string, string[]>();
  for (const { name, fingerprint } of checkpoints) {
    if (fingerprint === null) continue;
    byFingerprint.set(fingerprint, [...(byFingerprint.get(fingerprint) ?? []), name]);
  }
  return [...byFingerprint.values()]
    .filter((names) => names.length > 1)
    .map((names) => `${listed(names)} have the same weights.`);
}

function have(names: readonly string[]): string {
  return names.length === 1 ? 'has' : 'have';
}

/** Names in a sentence, the first few of many. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNamed);
  if (names.length > mostNamed) return `${shown.join(', ')} and ${names.length - mostNamed} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
