/** Options that say how responses are graded. */
export const gradingOptions = [
  'grading',
  'mathvista-integer',
  'judge-server',
  'judge-model',
  'judge-fallback',
  'judge-audit',
  'judge-seed',
  'judge-timeout',
  'judge-connections',
] as const;
