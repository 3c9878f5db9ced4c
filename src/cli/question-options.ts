/** Options that say what is asked. */
export const questionOptions = [
  'benchmarks',
  'layout',
  'instruction',
  'min-pixels',
  'max-pixels',
  'max-images',
  'temperature',
  'top-p',
  'repetition-penalty',
  'max-tokens',
  'max-model-len',
  'seed',
  'repeat',
] as const;

/** Options that say where the data lies. */
export const dataOptions = ['data-root', 'data', 'ratings'] as const;
