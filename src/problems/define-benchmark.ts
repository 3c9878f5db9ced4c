import { z } from 'zod';
import type { AnswerPolicy } from '../core/problem.ts';
import type { MetricSet } from '../core/summary.ts';
import type { HubSource } from './hub-source.ts';
import type { PublishedSplit } from './published.ts';

/**
 * `array`: one JSON array of rows. `object`: one JSON object of rows by key. `jsonl`: one JSON row per line. `folder`: a
 * folder with one folder per row, whose name is the row's key and which holds `data.json`, the row.
 */
export type FileShape = 'array' | 'object' | 'jsonl' | 'folder';

/** One file of rows. A split has several where the data set is published in pieces (DynaMath: one per variant). */
export interface SplitPart {
  /** Places relative to the data folder where the file may lie. */
  readonly files: readonly string[];
  readonly shape: FileShape;
  /** Rows as published; other counts are read too, and noted. */
  readonly rows: number;
  /** Facet values that all rows of this file have and that its rows do not state. */
  readonly facets?: Readonly<Record<string, string>>;
}

/** A named set of rows of a benchmark. */
export interface Split {
  readonly parts: readonly SplitPart[];
}

/** Where a row was found, for mappings that need more than the row itself. */
export interface RowContext {
  /** The row's key in a keyed file; undefined in lists and JSON Lines. */
  readonly key: string | undefined;
  /** Facet values of the file that holds the row. */
  readonly facets: Readonly<Record<string, string>>;
}

/** Which part of the data a file is, told by a label in its name or in the name of a folder above it. */
export interface FormLabel {
  /** Compared without regard to upper and lower case, with the whole name up to its endings (`testmini`, `MathVerse_MINI`). */
  readonly label: string;
  /** The split that the rows belong to. */
  readonly split: string;
  /** Rows as published; undefined where that is not known. */
  readonly rows?: number;
  /** Facet values that all of its rows have and do not state. */
  readonly facets?: Readonly<Record<string, string>>;
}

/** Another form in which the data set is passed around; its rows are translated to the official ones. */
export interface DataForm {
  readonly kind: 'parquet' | 'tsv' | 'json';
  /** A file that has all of these columns is of this form. What the file holds is compared, never its name. */
  readonly columns: readonly string[];
  /** Columns that hold the bytes of images; one that `columns` does not name may be missing. */
  readonly images: readonly string[];
  readonly labels: readonly FormLabel[];
  /** The official row that says the same; may throw {@link RowError}. */
  readonly toOfficial: (row: Readonly<Record<string, unknown>>, context: RowContext) => unknown;
}

/** What a row says about its problem. Images are names relative to the data's image folder. */
export interface ProblemFields<Facet extends string = string> {
  readonly id: string;
  readonly group: string;
  readonly question: string;
  readonly prompt: string;
  readonly images: readonly string[];
  readonly choices: readonly string[];
  readonly answer: string;
  readonly policy: AnswerPolicy;
  readonly facets: Readonly<Record<Facet, string | readonly string[]>>;
}

/** Where a data set comes from, for cards, reports and the hints of errors. */
export interface BenchmarkSource {
  readonly url: string;
  /** Commit that the declaration was written against. */
  readonly revision: string;
  readonly license: string;
  /** Where the images come from, if not with the rows. */
  readonly imagesUrl?: string;
  /** The official data set on the hub, for `data fetch`. */
  readonly hub?: HubSource;
}

interface Description<Facet extends string> {
  /** Short fixed name, e.g. `mathvision`. */
  readonly name: string;
  readonly title: string;
  /** Left out where no benchmark is named: it is asked, and its data is missed, only where it is. */
  readonly onlyWhenNamed?: boolean;
  readonly source: BenchmarkSource;
  readonly splits: Readonly<Record<string, Split>>;
  readonly defaultSplit: string;
  /** What is known of the splits as published, for `data check`; splits of which nothing is known are left out. */
  readonly published?: Readonly<Record<string, PublishedSplit>>;
  /**
   * Folders that hold the images, relative to the folder of the rows' file (to that of the rows' folders, where each row
   * has one), in order of preference.
   */
  readonly imageFolders: readonly string[];
  /** Every facet that problems of this benchmark have. */
  readonly facets: readonly Facet[];
  /** Figures beyond accuracy. */
  readonly metrics: readonly MetricSet[];
  /** Pairs of facets that are also broken down together, e.g. `[['subject', 'level']]`. */
  readonly crossFacets: readonly (readonly [Facet, Facet])[];
  /** Forms other than the official files, e.g. Parquet and TSV. */
  readonly forms?: readonly DataForm[];
  /** Fills in what a row leaves to other rows: gets all problems that are read, gives as many in the same order. */
  complete?(problems: readonly ProblemFields<Facet>[]): readonly ProblemFields<Facet>[];
}

/** What is wrong with one row: the field (dotted path) and why. */
export interface RowProblem {
  readonly field: string;
  readonly reason: string;
}

/** A declared data set. The row's type is erased; `read` checks a row against it before mapping. */
export interface Benchmark extends Description<string> {
  /** Members that every official row has; empty where the schema does not say it. */
  readonly columns: readonly string[];
  read(row: unknown, context: RowContext): { readonly fields: ProblemFields } | { readonly invalid: RowProblem };
}

/** Thrown by a mapping for a row that has the right types and still makes no sense. */
export class RowError extends Error {
  override readonly name = 'RowError';
  readonly field: string;

  constructor(field: string, reason: string) {
    super(reason);
    this.field = field;
  }
}

/**
 * Declares a benchmark: what it is, where it lies, and how one row becomes a problem.
 *
 * @param declaration.row - schema of one row; members that it does not name are ignored
 * @param declaration.problem - maps a row that satisfies the schema; may throw {@link RowError}
 */
export function defineBenchmark<Row, const Facet extends string>(
  declaration: Description<Facet> & {
    readonly row: z.ZodType<Row>;
    readonly problem: (row: Row, context: RowContext) => ProblemFields<Facet>;
  },
): Benchmark {
  const { row: schema, problem, ...description } = declaration;
  return {
    ...description,
    columns: requiredMembers(schema),
    read(row, context) {
      const parsed = schema.safeParse(row);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        return { invalid: { field: issue?.path.join('.') ?? '', reason: issue?.message ?? 'Invalid input' } };
      }
      try {
        return { fields: problem(parsed.data, context) };
      } catch (error) {
        if (error instanceof RowError) return { invalid: { field: error.field, reason: error.message } };
        throw error;
      }
    },
  };
}

function requiredMembers(schema: z.ZodType): string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([name, member]) =>
    z.safeParse(member, undefined).success ? [] : [name],
  );
}

/** A split that is one file. */
export function singleFile(part: SplitPart): Split {
  return { parts: [part] };
}
