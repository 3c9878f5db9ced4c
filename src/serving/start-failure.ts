import { SynthrlError } from '../core/errors.ts';
import type { FailureCause } from './log-event.ts';
import { plainText } from './plain-text.ts';

const shownLines = 8;
const shownLength = 300;

/** A sentence's end behind "it", and what to do. */
const explanations: Readonly<Record<FailureCause, readonly [what: string, hint: string]>> = {
  'gpu-memory-busy': [
    'another process holds the memory of its GPU',
    'Look with nvidia-smi for what holds it and stop that, choose other GPUs with --gpus, or lower --gpu-memory-utilization.',
  ],
  'gpu-memory-exhausted': [
    'the GPU has too little memory',
    'Lower --gpu-memory-utilization or --max-model-len, or raise --tensor-parallel-size.',
  ],
  'kv-cache-too-small': [
    'no memory is left for its cache',
    'Raise --gpu-memory-utilization or --tensor-parallel-size, or lower --max-model-len.',
  ],
  'model-length': [
    'a request of the full length does not fit into its memory',
    'Lower --max-model-len (the log names the longest that fits), or raise --gpu-memory-utilization.',
  ],
  'attention-heads': [
    'the model cannot be split over that many GPUs',
    'Choose a --tensor-parallel-size that divides its attention heads: 1, 2 or 4 for Qwen2.5-VL-7B.',
  ],
  'port-taken': ['its port is taken', 'Look with `ss -ltnp` for servers that earlier runs left behind, and stop them.'],
  'model-not-found': [
    'there is no such model',
    'Give a folder with a config.json. Model ids are looked up offline: set HF_HUB_OFFLINE=0 to allow downloads.',
  ],
  'model-files': [
    'a file of the model beside its weights is missing or broken',
    'Copy the configuration, tokenizer and processor files of the model that was trained into the folder.',
  ],
  'model-too-short': ['the model is made for shorter requests', 'Lower --max-model-len to what the log names.'],
  'weights-missing': ['the checkpoint has no weights', 'Wait until it is written, or merge its shards first.'],
  'weights-truncated': [
    'the checkpoint’s weights are cut short',
    'Wait until it is written, or copy or merge it again.',
  ],
  arguments: [
    'the engine refused its command line',
    'Check --vllm-arguments against what `vllm serve --help=all` lists for this version.',
  ],
  coordinator: [
    'its processes did not find each other in time',
    'A slow disk can cause this; run the same command again.',
  ],
  worker: ['one of its worker processes died', 'The log says why further up.'],
  engine: ['its engine did not come up', 'The log says why further up.'],
  'waiting-for-workers': [
    'its worker processes do not answer each other',
    'Try --tensor-parallel-size 1, or set NCCL_P2P_DISABLE=1.',
  ],
  ended: ['it ended', 'The log may say why.'],
  silent: [
    'it was not ready in time and its log showed no progress',
    'Raise --start-timeout if the model or the disk is slow.',
  ],
};

/** What a cause means for people, as the end of a sentence. */
export function explainCause(cause: FailureCause): string {
  return explanations[cause][0];
}

/** A server that did not become ready. */
export class ServerStartError extends SynthrlError {
  readonly failure: FailureCause;
  /** The lines of its log that say most, without control characters, at most 8 of 300 characters. */
  readonly logLines: readonly string[];
  readonly logFile: string;

  /** @param options.detail - what was seen, e.g. how the process ended */
  constructor(options: {
    label: string;
    failure: FailureCause;
    detail: string;
    logLines: readonly string[];
    logFile: string;
  }) {
    const { label, failure, detail, logFile } = options;
    const logLines = options.logLines.slice(-shownLines).map((line) => plainText(line, shownLength));
    const [what, hint] = explanations[failure];
    const message = [`The server ${label} did not start: ${what} (${detail}). Its log is ${logFile}`];
    super(
      failure === 'port-taken' ? 'PORT_TAKEN' : 'SERVER_START_FAILED',
      logLines.length === 0 ? `${message}.` : `${message} and says:\n${logLines.map((line) => `  ${line}`).join('\n')}`,
      { hint },
    );
    this.failure = failure;
    this.logLines = logLines;
    this.logFile = logFile;
  }
}
