import type { BattleTable } from './battle-table.ts';

/**
 * Which items are connected by battles, directly or over others. Between components nothing is compared, and only the
 * prior places one against another.
 *
 * @returns the component of each item; 0 is the one with most items, then by size, then by first item
 */
export function connectedComponents({ ids, first, second }: Pick<BattleTable, 'ids' | 'first' | 'second'>): Int32Array {
  const parent = Int32Array.from(ids, (_, item) => item);
  const rootOf = (item: number): number => {
    let root = item;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root] as number] as number;
      root = parent[root] as number;
    }
    return root;
  };
  for (let pair = 0; pair < first.length; pair += 1) {
    parent[rootOf(first[pair] as number)] = rootOf(second[pair] as number);
  }
  const sizes = new Map<number, number>();
  for (const item of parent.keys()) sizes.set(rootOf(item), (sizes.get(rootOf(item)) ?? 0) + 1);
  const order = [...sizes].sort(([, one], [, other]) => other - one).map(([root]) => root);
  const places = new Map(order.map((root, place) => [root, place]));
  return Int32Array.from(parent, (_, item) => places.get(rootOf(item)) ?? 0);
}
