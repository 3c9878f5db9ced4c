/** One option: what people may write, and how its value is read. Flag > environment > suite > default. */
export interface OptionSpec {
  readonly type: 'text' | 'texts' | 'whole' | 'number' | 'flag';
  readonly describe: string;
  readonly aliases?: readonly string[];
  /** Whether the flag takes all words up to the next flag. */
  readonly several?: boolean;
  readonly choices?: readonly string[];
  /** Least and greatest value of a number, both allowed. */
  readonly min?: number;
  readonly max?: number;
  readonly default?: string | number | boolean;
  /** False where a suite file may not set it: no command that reads a suite takes it from there. */
  readonly inSuite?: boolean;
}

/** Every option of every command. The help and the suite file's schema are made from this. */
export const optionSpecs = {
  benchmarks: {
    type: 'text',
    describe:
      'Benchmarks with a split or facet values, e.g. mathvision:testmini,dynamath:variant=1,wemath (default: those of the suite)',
    aliases: ['tasks', 'datasets'],
  },
  'data-root': {
    type: 'text',
    describe: 'Folder (or zip file) with one folder per benchmark',
    default: 'evaluation/data',
  },
  data: {
    type: 'texts',
    describe: 'Data of one benchmark: <benchmark>=<file, folder or zip file>; may be repeated',
  },
  'checkpoints-root': { type: 'text', describe: 'Folder with training runs', default: 'checkpoints' },
  'runs-root': {
    type: 'text',
    describe: 'Folder with evaluation runs',
    aliases: ['log-dir', 'output-dir'],
    default: 'evaluation/runs',
  },
  'cache-root': {
    type: 'text',
    describe: 'Folder with prepared images and those that stand in rows',
    default: 'evaluation/cache',
  },
  suite: {
    type: 'text',
    describe: 'Suite file, or the name of a built-in one: synthrl, quick',
    default: 'synthrl',
    inSuite: false,
  },
  'run-name': {
    type: 'text',
    describe: 'Name of the evaluation run, where it is not the training run’s path',
  },
  run: { type: 'text', describe: 'Name of the evaluation run', inSuite: false },
  checkpoint: { type: 'text', describe: 'Name of the checkpoint in the run', inSuite: false },
  steps: { type: 'text', describe: 'Training steps to evaluate, e.g. 16,32-128' },
  limit: { type: 'whole', min: 1, describe: 'Only the first N problems of each benchmark' },
  fresh: { type: 'flag', describe: 'Delete what the run holds and begin anew', default: false },
  layout: {
    type: 'text',
    choices: ['original-eval', 'train'],
    describe:
      'Order of the user turn: image, instruction, question (original-eval) or instruction, image, question (train)',
    default: 'original-eval',
  },
  instruction: { type: 'text', describe: 'Text that asks for the form of the answer', default: '' },
  'min-pixels': {
    type: 'whole',
    min: 784,
    describe: 'Smallest image area in pixels; smaller ones are enlarged',
    default: 262144,
  },
  'max-pixels': {
    type: 'whole',
    min: 784,
    describe: 'Largest image area in pixels; larger ones are reduced',
    default: 1003520,
  },
  'max-images': { type: 'whole', min: 1, describe: 'Most images in one prompt', default: 10 },
  temperature: { type: 'number', min: 0, max: 2, describe: 'Sampling temperature', default: 0 },
  'top-p': { type: 'number', min: 0.000001, max: 1, describe: 'Nucleus sampling mass', default: 0.95 },
  'repetition-penalty': { type: 'number', min: 0.01, max: 10, describe: 'Repetition penalty (vLLM)', default: 1 },
  'max-tokens': { type: 'whole', min: 1, describe: 'Longest answer in tokens', default: 2048 },
  'max-model-len': { type: 'whole', min: 1, describe: 'Longest prompt and answer together in tokens', default: 16384 },
  seed: { type: 'whole', min: 0, describe: 'Seed of sampling and of the simulator', default: 0 },
  repeat: {
    type: 'whole',
    min: 1,
    max: 1024,
    describe: 'Samples per problem; more than 1 needs a temperature above 0',
    default: 1,
  },
  engine: { type: 'text', choices: ['vllm', 'simulator'], describe: 'What serves the checkpoints', default: 'vllm' },
  'vllm-command': {
    type: 'text',
    describe: 'Program started instead of vllm; it is called as <program> serve …',
  },
  'vllm-arguments': { type: 'text', describe: 'Further arguments for vllm serve, in one string' },
  gpus: {
    type: 'text',
    describe: 'How many GPUs, or which: 8 or 0,1,2,3 (default: all that nvidia-smi lists)',
  },
  'tensor-parallel-size': {
    type: 'whole',
    min: 1,
    aliases: ['tp'],
    describe: 'GPUs per server (default: 2, or 1 where there is one GPU)',
  },
  'data-parallel-size': {
    type: 'whole',
    min: 1,
    aliases: ['dp'],
    describe: 'Most servers side by side (default: as many as the GPUs hold)',
  },
  'gpu-memory-utilization': {
    type: 'number',
    min: 0.05,
    max: 1,
    describe: 'Share of GPU memory that a server takes',
    default: 0.7,
  },
  'start-timeout': {
    type: 'whole',
    min: 1,
    describe: 'Seconds without progress after which a starting server is given up',
    default: 900,
  },
  'max-connections': { type: 'whole', min: 1, describe: 'Most requests in flight per server', default: 64 },
  server: {
    type: 'texts',
    aliases: ['base-url'],
    describe: 'Endpoint that already runs, e.g. http://localhost:8000/v1; may be repeated',
  },
  model: { type: 'text', describe: 'Model name at the endpoint, or which model’s rows to import' },
  verdicts: { type: 'flag', describe: 'The file holds verdicts, not responses', default: false, inSuite: false },
  form: {
    type: 'text',
    describe: 'Read the file to import in this form, whatever it looks like, e.g. vlmevalkit, lmms-eval, inspect',
    inSuite: false,
  },
  grading: {
    type: 'text',
    choices: ['rules', 'official', 'judge'],
    describe: 'Who grades: our rules, each benchmark’s published rule, or a judge model about every answer',
    default: 'rules',
  },
  'mathvista-integer': {
    type: 'text',
    choices: ['int', 'int-float'],
    describe: 'With --grading official: how MathVista reads integer answers, as int(x) or as int(float(x))',
    default: 'int',
  },
  'judge-server': {
    type: 'text',
    describe: 'Endpoint of the judge model, e.g. http://localhost:9000/v1; its key is SYNTHRL_JUDGE_API_KEY',
  },
  'judge-model': { type: 'text', describe: 'Name of the judge model at its endpoint, where it serves several' },
  'judge-fallback': {
    type: 'flag',
    describe: 'Our rules first, the judge for what they leave undecided',
    default: false,
  },
  'judge-audit': {
    type: 'whole',
    min: 0,
    describe: 'Decided answers per checkpoint, drawn at random, that the judge looks at too',
    default: 0,
  },
  'judge-seed': { type: 'whole', min: 0, describe: 'Seed of the draw for --judge-audit', default: 0 },
  'judge-timeout': { type: 'whole', min: 1, describe: 'Seconds that the judge may take for one reply', default: 180 },
  'judge-connections': {
    type: 'whole',
    min: 1,
    max: 1024,
    describe: 'Most requests in flight to the judge',
    default: 16,
  },
  port: {
    type: 'whole',
    min: 0,
    max: 65_535,
    describe: 'Port of the service; 0 takes any that is free (default: 8400 of serve-grader, any of report --live)',
    inSuite: false,
  },
  host: {
    type: 'text',
    describe: 'Address of the service; one that other machines reach needs SYNTHRL_GRADER_TOKEN',
    default: '127.0.0.1',
    inSuite: false,
  },
  workers: {
    type: 'whole',
    min: 1,
    max: 256,
    describe: 'Worker threads that grade (default: one per core, 2 to 8)',
    inSuite: false,
  },
  revision: {
    type: 'text',
    describe: 'Commit, branch or tag at the hub (default: the recorded one, else the one known to be complete)',
    inSuite: false,
  },
  images: {
    type: 'text',
    choices: ['decode', 'headers', 'none'],
    describe: 'How images are checked: prepared as for asking (kept in the cache), their headers alone, or not opened',
    default: 'decode',
    inSuite: false,
  },
  verify: {
    type: 'flag',
    describe: 'Hash files again that are known to be right',
    default: false,
    inSuite: false,
  },
  battles: {
    type: 'text',
    describe: 'File of battles: sample_a_id,sample_b_id,winner',
    inSuite: false,
  },
  'from-runs': {
    type: 'texts',
    several: true,
    describe: 'Rate from which checkpoints of these runs answered right, without a judge',
    inSuite: false,
  },
  method: {
    type: 'text',
    choices: ['pass-rate', '1pl', '2pl'],
    describe:
      'With --from-runs: how difficulty is read off answers (default: 2pl from 30 checkpoints on, else pass-rate where all answered all, else 1pl)',
    inSuite: false,
  },
  out: {
    type: 'text',
    describe: 'Folder for what is written; of a report in one file, also that file',
    inSuite: false,
  },
  format: {
    type: 'text',
    describe:
      'Write results in these forms instead of HTML, with commas: csv, json, markdown, junit, png, synthrl, inspect',
    inSuite: false,
  },
  design: {
    type: 'text',
    choices: ['random', 'cycles', 'swiss', 'cuts'],
    describe:
      'How problems are paired: opponents by lot (as SynthRL), cycles through all, similar ratings, or most battles near the cuts',
    default: 'cycles',
    inSuite: false,
  },
  opponents: {
    type: 'whole',
    min: 1,
    max: 10_000,
    describe: 'Opponents that each problem draws: battles are this times the problems',
    default: 32,
    inSuite: false,
  },
  'max-calls': {
    type: 'whole',
    min: 1,
    describe: 'Stop after so many requests to the judge (exit 3); the same command goes on',
    inSuite: false,
  },
  'dry-run': {
    type: 'flag',
    describe: 'Say what the battles would take, and ask nothing',
    default: false,
    inSuite: false,
  },
  'price-input': { type: 'number', min: 0, describe: 'Price of a million prompt tokens', inSuite: false },
  'price-output': { type: 'number', min: 0, describe: 'Price of a million completion tokens', inSuite: false },
  bootstrap: {
    type: 'whole',
    min: 0,
    max: 100_000,
    describe: 'Bootstrap rounds that make the intervals of ratings; 0 takes ±1.96 standard errors',
    default: 0,
    inSuite: false,
  },
  ties: {
    type: 'text',
    choices: ['half', 'davidson'],
    describe: 'What a tie is: half a win of each, or an outcome with a chance of its own',
    default: 'half',
    inSuite: false,
  },
  prior: {
    type: 'number',
    min: 0.000001,
    max: 100,
    describe: 'Precision of the normal prior on log-odds',
    default: 0.01,
    inSuite: false,
  },
  ratings: {
    type: 'texts',
    describe: 'Ratings of difficulty: <benchmark>=<ratings.json or samples_with_ratings.json>; may be repeated',
  },
  grades: {
    type: 'text',
    choices: ['rules', 'official', 'judge', 'fallback', 'imported'],
    describe: 'Whose grades count (default: the first of rules, fallback, judge, official, imported that the run has)',
    inSuite: false,
  },
  base: {
    type: 'text',
    describe: 'Checkpoint that the others are held against, by name or step (default: the first by step)',
    inSuite: false,
  },
  facet: { type: 'text', describe: 'Also compare by the values of this facet, e.g. version', inSuite: false },
  problems: {
    type: 'flag',
    describe: 'List the problems that were learned, forgotten or flipped',
    default: false,
    inSuite: false,
  },
  baseline: { type: 'text', describe: 'A checkpoint of the run, or another run', inSuite: false },
  'baseline-checkpoint': {
    type: 'text',
    describe: 'Which checkpoint of the baseline’s run (default: its last)',
    inSuite: false,
  },
  rules: {
    type: 'text',
    describe: 'File of rules (default: no benchmark worse by 2 points, their average not by 1)',
    inSuite: false,
  },
  plan: { type: 'flag', describe: 'Say what could be told, and decide nothing', default: false, inSuite: false },
  junit: { type: 'text', describe: 'Also write the result to this file as JUnit XML', inSuite: false },
  markdown: { type: 'text', describe: 'Also write the result to this file as Markdown', inSuite: false },
  live: {
    type: 'flag',
    describe: 'Serve a page on this machine that shows how the run goes, until Ctrl-C',
    default: false,
    inSuite: false,
  },
  json: {
    type: 'flag',
    describe: 'Print the result to stdout as a single JSON object',
    default: false,
  },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof optionSpecs;

type ValueByType = { text: string; texts: readonly string[]; whole: number; number: number; flag: boolean };
type ValueOf<Name extends OptionName> = ValueByType[(typeof optionSpecs)[Name]['type']];

/** Resolved values; an option without a default may be absent. */
export type Settings<Names extends OptionName> = {
  readonly [Name in Names]: (typeof optionSpecs)[Name] extends { readonly default: unknown }
    ? ValueOf<Name>
    : ValueOf<Name> | undefined;
};
