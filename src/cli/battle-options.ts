/** Options that say which battles a judge decides. */
export const battleOptions = [
  'judge-server',
  'judge-model',
  'judge-connections',
  'judge-timeout',
  'design',
  'opponents',
  'max-calls',
  'dry-run',
  'price-input',
  'price-output',
  'cache-root',
  'min-pixels',
  'max-pixels',
] as const;
