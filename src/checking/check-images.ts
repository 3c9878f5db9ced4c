import type { ImageSource } from '../core/problem.ts';
import { isMissing } from '../problems/embedded-images.ts';
import type { ReadProblem } from '../problems/read-problems.ts';
import { counted, type Finding, findingOf } from './finding.ts';
import { misnamedAs } from './image-format.ts';

/** What opening an image showed. `content` is equal for equal pictures. */
export type LookedAt =
  | { readonly content: string }
  | { readonly problem: 'missing' | 'unreadable'; readonly reason: string };

/** Opens images; several at a time. */
export interface ImageLooker {
  readonly concurrency: number;
  look(source: ImageSource): Promise<LookedAt>;
  /** Told after each image. */
  onLooked?(done: number, total: number): void;
}

export interface ImageCounts {
  /** Different images that the rows name or hold. */
  readonly images: number;
  readonly missing: number;
  readonly unreadable: number;
}

export interface ImagesChecked {
  readonly counts: ImageCounts;
  readonly findings: readonly Finding[];
  /** By {@link sourceName}, of images that could be opened. */
  readonly contents: ReadonlyMap<string, string>;
}

/** One name for each source. */
export function sourceName({ path, member }: ImageSource): string {
  return member === undefined ? path : `${path}: ${member}`;
}

/**
 * Opens every image once.
 *
 * @param refused - by path, why images that stand in rows were not kept
 */
export async function checkImages(
  read: readonly ReadProblem[],
  looker: ImageLooker,
  refused: ReadonlyMap<string, string>,
): Promise<ImagesChecked> {
  const sources = [...new Map(read.flatMap(({ problem }) => problem.images.map((one) => [sourceName(one), one])))];
  const contents = new Map<string, string>();
  // By place in the data, so that findings do not depend on which image was opened first.
  const missing: string[] = [];
  const unreadable: string[] = [];
  const misnamed: { name: string; lie: string }[] = [];
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < sources.length; at = next++) {
      const [name, source] = sources[at] ?? ['', { path: '' }];
      const seen = await lookAt(source, looker, refused);
      if ('content' in seen) {
        contents.set(name, seen.content);
        const lie = await misnamedAs(source);
        if (lie !== undefined) misnamed[at] = { name, lie };
      } else if (seen.problem === 'missing') missing[at] = name;
      else unreadable[at] = seen.reason;
      done += 1;
      looker.onLooked?.(done, sources.length);
    }
  };
  await Promise.all(Array.from({ length: looker.concurrency }, work));
  const [gone, refusedOnes] = [missing.flat(), unreadable.flat()];
  return {
    counts: { images: sources.length, missing: gone.length, unreadable: refusedOnes.length },
    findings: [...findingsOf(gone, refusedOnes, sources.length), ...lies(misnamed.flat())],
    contents,
  };
}

async function lookAt(
  source: ImageSource,
  looker: ImageLooker,
  refused: ReadonlyMap<string, string>,
): Promise<LookedAt> {
  if (!isMissing(source)) return looker.look(source);
  const reason = refused.get(source.path);
  return reason === undefined ? { problem: 'missing', reason: '' } : { problem: 'unreadable', reason };
}

function findingsOf(missing: readonly string[], unreadable: readonly string[], all: number): Finding[] {
  const of = `of ${all.toLocaleString('en-US')}`;
  return [
    ...findingOf('wrong', 'images', missing, `${missing.length.toLocaleString('en-US')} ${of} images are missing`),
    ...findingOf(
      'wrong',
      'images',
      unreadable,
      `${unreadable.length.toLocaleString('en-US')} ${of} images cannot be read`,
    ),
  ];
}

function lies(misnamed: readonly { name: string; lie: string }[]): Finding[] {
  return [...new Set(misnamed.map(({ lie }) => lie))].flatMap((lie) => {
    const names = misnamed.filter((one) => one.lie === lie).map(({ name }) => name);
    return findingOf(
      'note',
      'images',
      names,
      `${counted(names.length, 'image is', 'images are')} ${lie}, which does no harm`,
    );
  });
}

/** Images that are not there, without opening any. */
export function checkPresence(read: readonly ReadProblem[]): Pick<ImagesChecked, 'counts' | 'findings'> {
  const images = new Set(read.flatMap(({ problem }) => problem.images.map(sourceName))).size;
  const lacking = read.filter(({ problem, imagesFound }) => imagesFound < problem.images.length);
  const names = new Set(lacking.flatMap(({ problem }) => problem.images.map(sourceName)));
  return {
    counts: { images, missing: names.size, unreadable: 0 },
    findings: findingsOf([...names], [], images),
  };
}
