import type { CheckpointSummary } from '../core/summary.ts';
import type { Tally } from '../core/tally.ts';
import { commonCount } from './common-count.ts';
import { countText, percent, wholeInterval } from './percent.ts';
import { printableText } from './printable-text.ts';
import type { Cell, Table } from './table-model.ts';
import { tallyCell } from './tally-cell.ts';

type Labels = Readonly<Record<string, Tally>>;

/** The breakdowns of one benchmark. */
export interface FacetTables {
  /** One table per facet: labels × checkpoints. */
  readonly plain: readonly { readonly title: string; readonly table: Table }[];
  /** Per combined facet, one shaded table for each checkpoint. */
  readonly combined: readonly {
    readonly title: string;
    readonly heats: readonly { readonly checkpoint: string; readonly table: Table }[];
  }[];
  /** Facets with one label only, which would repeat the whole: `variant: 1`. */
  readonly single: readonly string[];
}

/** All facets of a benchmark, side by side over checkpoints. */
export function facetTables(benchmark: string, checkpoints: readonly CheckpointSummary[]): FacetTables {
  const present = checkpoints.flatMap((checkpoint) => {
    const summary = checkpoint.benchmarks[benchmark];
    return summary === undefined ? [] : [{ name: printableText(checkpoint.name), facets: summary.facets }];
  });
  const names = [...new Set(present.flatMap(({ facets }) => Object.keys(facets)))];
  const plain: { title: string; table: Table }[] = [];
  const combined: FacetTables['combined'][number][] = [];
  const single: string[] = [];
  for (const facet of names) {
    const labelSets = present.map(({ name, facets }) => ({ name, labels: own(facets, facet) ?? {} }));
    const labels = labelsOf(labelSets.map((set) => set.labels));
    const title = printableText(facet).replaceAll('*', ' × ').replaceAll('_', ' ');
    const sides = facet.split('*');
    const [first, second] = sides.map((side) => labelsOf(present.map(({ facets }) => own(facets, side) ?? {})));
    if (sides.length === 2 && first && second) {
      combined.push({ title, heats: heatTables(title, sides, first, second, labelSets) });
    } else if (labels.length === 1) {
      single.push(`${title}: ${printableText(labels[0] ?? '')}`);
    } else {
      plain.push({ title, table: plainTable(title, labels, labelSets) });
    }
  }
  return { plain, combined, single };
}

/** A member that the record has itself: labels come from data sets and may be called `constructor`. */
function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function labelsOf(sets: readonly Labels[]): string[] {
  return [...new Set(sets.flatMap((labels) => Object.keys(labels)))];
}

function plainTable(
  title: string,
  labels: readonly string[],
  checkpoints: readonly { readonly name: string; readonly labels: Labels }[],
): Table {
  return {
    caption: `Accuracy by ${title}`,
    corner: title,
    columns: [{ title: 'n' }, ...checkpoints.map(({ name }) => ({ title: name }))],
    rows: labels.map((label) => {
      const tallies = checkpoints.map((checkpoint) => own(checkpoint.labels, label));
      const count = commonCount(tallies.map((tally) => tally?.asked));
      return {
        name: printableText(label),
        cells: [
          { main: count === undefined ? 'varies' : countText(count) },
          ...tallies.map((tally) => tallyCell(tally, { count: count === undefined })),
        ],
      };
    }),
  };
}

function heatTables(
  title: string,
  [rowFacet = '', columnFacet = '']: readonly string[],
  rows: readonly string[],
  columns: readonly string[],
  checkpoints: readonly { readonly name: string; readonly labels: Labels }[],
): { checkpoint: string; table: Table }[] {
  return checkpoints.map(({ name, labels }) => ({
    checkpoint: name,
    table: {
      caption: `Accuracy by ${title}, ${name}`,
      corner: printableText(rowFacet),
      groups: [{ title: printableText(columnFacet), span: columns.length }],
      columns: columns.map((column) => ({ title: printableText(column) })),
      rows: rows.map((row) => ({
        name: printableText(row),
        cells: columns.map((column) => heatCell(own(labels, `${row}*${column}`))),
      })),
    },
  }));
}

/** Ten shades over 0 to 100 %, the same for every table, so that tables can be compared by eye. */
function heatCell(tally: Tally | undefined): Cell {
  if (tally === undefined || tally.accuracy === null) return { main: '–' };
  const heat = Math.min(9, Math.floor(tally.accuracy * 10));
  const interval = tally.interval === null ? '' : `${wholeInterval(tally.interval)}, `;
  return { main: percent(tally.accuracy), detail: `${interval}n ${countText(tally.asked)}`, heat };
}
