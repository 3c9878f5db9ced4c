import type { Verdict } from '../core/grade.ts';
import type { Usage } from '../core/response.ts';

/** What a model said to one problem, with what the other program recorded of it. */
export interface Reply {
  readonly text: string;
  /** `stop`, `length`, …, as vLLM names them, or the other program's own word. */
  readonly finishReason?: string;
  readonly usage?: Usage;
  readonly latencyMs?: number;
}

/** What a row says about its problem besides an id, so that a tie can be checked, or found where the id is foreign. */
export interface Evidence {
  /** Texts that should hold the question: the question itself, or the prompt that was sent. */
  readonly texts: readonly string[];
  /** The gold answer as the other program has it. */
  readonly answer?: string;
  /** Facet values that the row states, by the facet's name here. */
  readonly facets?: Readonly<Record<string, string>>;
}

/** One row of a file made elsewhere. */
export interface ImportRow {
  /** File and line, row or key, for people. */
  readonly where: string;
  /** What may be its problem's id, most telling first; of a foreign id each reading has its place in all rows of a file. */
  readonly ids: readonly (string | undefined)[];
  /** Whether the ids are the benchmark's own; an index that another program gave has to be confirmed by the evidence. */
  readonly idsAreOwn: boolean;
  /** 0-based place among the rows of a split, where that is all that a row states; taken only when confirmed. */
  readonly position?: number;
  /** 0-based number of the sample, where a file holds several rows for one problem. */
  readonly sample?: number;
  /** Whose row it is, in files that hold several models. */
  readonly model: string | undefined;
  /** Every sample of the row; null where the request had failed; undefined where the row has no member for it. */
  readonly replies: readonly Reply[] | null | undefined;
  /** Undefined where the row holds none that can be understood. */
  readonly verdict: Verdict | undefined;
  readonly evidence?: Evidence;
}

/** The rows of one file, read as they are asked for, and what the file says of itself. */
export interface ImportReading {
  readonly rows: AsyncIterable<ImportRow> | Iterable<ImportRow>;
  /** The program that made the file and its version, where the file says so. */
  readonly program?: string;
  /** Whole sentences about the file, complete once the rows were read. */
  readonly notes?: () => readonly string[];
}
