import { canonicalJson, sha256 } from '../../core/canonical-json.ts';
import type { Problem } from '../../core/problem.ts';
import { ImageError } from '../../inference/images/image-error.ts';
import type { ImageStore, PreparedImage } from '../../inference/images/image-store.ts';
import { imageTokens } from '../../inference/images/image-tokens.ts';
import { shownText } from './battle-prompt.ts';

/** A problem as it enters battles. */
export interface Contestant {
  /** The key of its rating. */
  readonly id: string;
  readonly problem: Problem;
  readonly images: readonly PreparedImage[];
  /** SHA-256 of what the judge is shown of it: text, options and images. */
  readonly content: string;
  /** Tokens of its text and images, estimated. */
  readonly tokens: number;
  /** Why it cannot be shown; undefined where it can. */
  readonly unshowable: { readonly code: string; readonly message: string } | undefined;
}

/** Problems whose images are prepared at the same time; the store has its own bound on decoding. */
const concurrency = 8;

/** Characters of English and LaTeX per token of Qwen's tokenizer, about. */
const charactersPerToken = 3.5;

/**
 * Makes problems ready for battles, in their order. An image that cannot be prepared leaves its problem unshowable.
 *
 * @param rated - problems with the keys of their ratings
 * @throws {SynthrlError} `DISK_FULL` or `WRITE_FAILED` for the image store
 */
export async function prepareContestants(
  rated: readonly { readonly id: string; readonly problem: Problem }[],
  images: ImageStore,
): Promise<Contestant[]> {
  const contestants = new Array<Contestant>(rated.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < rated.length; index = next++) {
      contestants[index] = await prepare(rated[index] as (typeof rated)[number], images);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return contestants;
}

async function prepare({ id, problem }: { id: string; problem: Problem }, store: ImageStore): Promise<Contestant> {
  const text = shownText(problem);
  const textTokens = Math.ceil(canonicalJson(text).length / charactersPerToken);
  try {
    const images = await Promise.all(problem.images.map((image) => store.prepare(image)));
    const content = sha256(canonicalJson([text, images.map((image) => image.sha256)]));
    const tokens = images.reduce((sum, { width, height }) => sum + imageTokens(width, height), textTokens);
    return { id, problem, images, content, tokens, unshowable: undefined };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    const content = sha256(canonicalJson([text, 'unshowable']));
    const unshowable = { code: error.code, message: error.message };
    return { id, problem, images: [], content, tokens: textTokens, unshowable };
  }
}
