/** Where the bytes of one image come from. The file's extension is never trusted. */
export interface ImageSource {
  /**
   * Absolute path of the image, or of the zip file that holds it. The file may be absent: that is found when the
   * problem is asked, and becomes a failure record.
   */
  readonly path: string;
  /** Name of the member that is the image, where `path` is a zip file. */
  readonly member?: string;
}

/**
 * How the gold answer is to be read and compared; declared by the benchmark for each problem.
 *
 * - `choice`: `letters` are the right options (`['C']`; two for the few golds that name two). Empty when the gold
 *   could not be tied to a letter; then option text decides. `several`: the question asks for more than one letter, which
 *   may then stand without anything between them (`BD`).
 * - `number`: `tolerance` is absolute; `decimals` rounds both sides to that many digits; with neither, equal values.
 * - `list`: a list of numbers in order.
 * - `text`: a word or phrase, compared by meaning-preserving normalisation only.
 * - `free`: number, LaTeX, quantity, interval or phrase; the kind is read off the gold.
 * - `values`: as `free`, with what the data states apart from the gold: that it is `several` values, separated by commas
 *   and wanted in any order; the `unit` of each; absolute `tolerances`, one for all or one per value (0 where there is none).
 * - `yes-no`: the gold is `yes` or `no`.
 */
export type AnswerPolicy =
  | { readonly type: 'choice'; readonly letters: readonly string[]; readonly several?: boolean }
  | { readonly type: 'number'; readonly integer?: boolean; readonly tolerance?: number; readonly decimals?: number }
  | { readonly type: 'list' }
  | { readonly type: 'text' }
  | { readonly type: 'free' }
  | {
      readonly type: 'values';
      readonly several: boolean;
      readonly unit?: string;
      readonly tolerances?: readonly number[];
    }
  | { readonly type: 'yes-no' };

/** One problem of a benchmark, as every stage sees it. */
export interface Problem {
  /** The benchmark's name, e.g. `mathvision`. */
  readonly benchmark: string;
  /** Unique within the benchmark's selection, stable between machines. */
  readonly id: string;
  /** Rows that are one underlying problem share it (a MathVerse `problem_index`, the seed of DynaMath variants, all steps of a We-Math composite). */
  readonly group: string;
  /** The question proper, for people and judges; may be empty where it stands in the picture. */
  readonly question: string;
  /** The question as the model is asked, without the suite's instruction. */
  readonly prompt: string;
  /** In the order in which they are shown; empty for a text-only problem. */
  readonly images: readonly ImageSource[];
  /** What A, B, … say; empty where nothing is to choose from or only the picture shows it. */
  readonly choices: readonly string[];
  /** The gold answer, verbatim as published. */
  readonly answer: string;
  readonly policy: AnswerPolicy;
  /** Values by facet name; several values where the facet is multi-label (MathVista skills). */
  readonly facets: Readonly<Record<string, readonly string[]>>;
}
