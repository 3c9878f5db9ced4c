import { agreed } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { Sheet } from '../drawing/sheet.ts';
import type { Edge } from '../figures/network.ts';
import { drawNetwork, neighbours } from '../figures/network.ts';
import { regularPolygon } from '../figures/shapes.ts';
import { at } from '../seeded-random.ts';
import type { DynamathSeed } from './dynamath-seed.ts';

const names = ['A', 'B', 'C', 'D', 'E', 'F'];
const corners = regularPolygon([165, 150], 112, 6, 120);
const places: Readonly<Record<string, Point>> = Object.fromEntries(
  names.map((name, index) => [name, at(corners, index)]),
);

/** Odd variants split the six nodes into two groups without an edge between them. */
export const connectedNetwork: DynamathSeed = {
  answerType: 'multiple choice',
  subject: 'graph theory',
  level: 'undergraduate',
  form: { kind: 'png-alpha' },
  variant(random, number) {
    const order = random.shuffled(names);
    const groups = number % 3 === 1 ? [order.slice(0, 4), order.slice(4)] : [order];
    const edges = groups.flatMap((group) =>
      group.slice(1).map((name, index): Edge => [name, at(group, random.between(Math.max(0, index - 1), index))]),
    );
    const extra: Edge = [at(order, 0), at(order, 3)];
    if (!edges.some(([from, to]) => extra.includes(from) && extra.includes(to))) edges.push(extra);
    const sheet = new Sheet(330, 300, 'none');
    drawNetwork(sheet, places, edges, '#d9ecd4');
    return {
      question: 'Is the graph connected? choice: (A) Yes (B) No',
      answer: agreed('connected', reachesAll(edges) ? 'A' : 'B', groupCount(edges) === 1 ? 'A' : 'B'),
      sheet,
    };
  },
};

/** Whether a walk from the first node reaches every node. */
function reachesAll(edges: readonly Edge[]): boolean {
  const next = neighbours(places, edges);
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const other of next.get(name)?.keys() ?? []) visit(other);
  };
  visit('A');
  return seen.size === names.length;
}

/** Number of groups that are left after joining the two ends of every edge. */
function groupCount(edges: readonly Edge[]): number {
  let labels = names.map((_, index) => index);
  for (const [from, to] of edges) {
    const [old, kept] = [at(labels, names.indexOf(from)), at(labels, names.indexOf(to))];
    labels = labels.map((label) => (label === old ? kept : label));
  }
  return new Set(labels).size;
}
