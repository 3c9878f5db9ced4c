/** Options that say what serves the checkpoints. */
export const servingOptions = [
  'engine',
  'vllm-command',
  'vllm-arguments',
  'gpus',
  'tensor-parallel-size',
  'data-parallel-size',
  'gpu-memory-utilization',
  'start-timeout',
  'max-connections',
  'server',
  'model',
] as const;
