import type { Problem } from '../core/problem.ts';
import type { Response } from '../core/response.ts';
import type { AskedQuestion } from '../core/run-record.ts';
import type { Endpoint } from './endpoint.ts';
import type { ImageStore } from './images/image-store.ts';
import type { Patience } from './patience.ts';

/** One sample of one problem to be asked. */
export interface AskItem {
  readonly problem: Problem;
  /** 0-based. */
  readonly sample: number;
}

/** One sample that is done with. */
export interface AskProgress {
  benchmark: string;
  status: 'answered' | 'failed';
  /** 0 where the server did not count them. */
  completionTokens: number;
}

export interface AskOptions {
  /** Over all benchmarks together; each is asked once. */
  readonly items: readonly AskItem[];
  /** Servers of one and the same checkpoint. */
  readonly endpoints: readonly Endpoint[];
  readonly question: Pick<AskedQuestion, 'prompt' | 'images' | 'sampling'>;
  readonly images: ImageStore;
  /** Session id that the records bear. */
  readonly session: string;
  /** Called for each attempt as it ends; what it throws ends everything and is thrown on. */
  readonly record: (benchmark: string, response: Response) => void;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: AskProgress) => void) | undefined;
  /** Whether the endpoint with this label is known to have gone; it is then not asked again. */
  readonly endpointDown?: ((label: string) => boolean) | undefined;
  readonly patience?: Partial<Patience> | undefined;
}

/** `answered + failed + unasked` is the number of items. */
export interface AskOutcome {
  readonly answered: number;
  /** Given up, with a final failure record each. */
  readonly failed: number;
  /** Without a final record, because the signal came or no endpoint was left. */
  readonly unasked: number;
}
