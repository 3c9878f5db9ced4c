import type { AskOptions, AskOutcome } from './ask-options.ts';
import { Asking } from './asking.ts';

export type { AskItem, AskOptions, AskOutcome, AskProgress } from './ask-options.ts';

/**
 * Asks all items, from one queue over all benchmarks and endpoints, and records each attempt that ends. Every item
 * gets exactly one final record, an answer or a failure, unless the signal comes or no endpoint is left; then it has
 * none and is counted as unasked.
 *
 * @throws {SynthrlError} `SERVER_UNREACHABLE` or `SERVER_MODEL_UNKNOWN` where an endpoint refuses the key, has no such
 *   path or does not serve the model, after the first such reply; `DISK_FULL` or `WRITE_FAILED` for prepared images
 * @throws whatever `record` throws
 */
export async function ask(options: AskOptions): Promise<AskOutcome> {
  return new Asking(options).run();
}
