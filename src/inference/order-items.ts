import type { AskItem } from './ask-options.ts';
import { sourceKey } from './images/image-source.ts';

/**
 * The order of asking: what is expected to take longest first, so that no long request is alone at the end, and
 * problems that show the same image next to each other, so that a server's image cache serves them. All that is known
 * beforehand of a request's length is its question's; the answer's limit is the same for all.
 */
export function orderItems(items: readonly AskItem[]): AskItem[] {
  const byImage = new Map<string, AskItem[]>();
  for (const item of items) {
    const [image] = item.problem.images;
    const key = image ? `image ${sourceKey(image)}` : `text ${item.problem.benchmark} ${item.problem.id}`;
    const group = byImage.get(key);
    if (group) group.push(item);
    else byImage.set(key, [item]);
  }
  return [...byImage.values()]
    .map((group) => ({ group, length: Math.max(...group.map(({ problem }) => problem.prompt.length)) }))
    .sort((left, right) => right.length - left.length)
    .flatMap(({ group }) => group);
}
