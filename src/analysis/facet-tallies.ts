import type { Verdict } from '../core/grade.ts';
import type { Problem } from '../core/problem.ts';
import { compareNames } from '../core/run-directory.ts';
import type { Tally } from '../core/tally.ts';
import { TallyBuilder } from './tally-builder.ts';

/** Tallies of every facet at once, each kept beside the others. A row counts once for each of its labels. */
export class FacetTallies {
  readonly #crossFacets: readonly (readonly [string, string])[];
  readonly #facets = new Map<string, Map<string, TallyBuilder>>();

  /** @param crossFacets - pairs of facets that also get a combined one, `subject*level` with values `algebra*3` */
  constructor(crossFacets: readonly (readonly [string, string])[]) {
    this.#crossFacets = crossFacets;
  }

  add(problem: Problem, verdict: Verdict): void {
    for (const [facet, labels] of Object.entries(problem.facets)) {
      for (const label of new Set(labels)) this.#builder(facet, label).add(problem.group, verdict);
    }
    for (const [first, second] of this.#crossFacets) {
      for (const left of new Set(problem.facets[first])) {
        for (const right of new Set(problem.facets[second])) {
          this.#builder(`${first}*${second}`, `${left}*${right}`).add(problem.group, verdict);
        }
      }
    }
  }

  /** Facets in the order in which they were first seen, combined ones last; labels by name, numbers as numbers. */
  build(): Record<string, Record<string, Tally>> {
    const combined = new Set(this.#crossFacets.map(([first, second]) => `${first}*${second}`));
    const facets = [...this.#facets].sort(
      ([left], [right]) => Number(combined.has(left)) - Number(combined.has(right)),
    );
    return Object.fromEntries(
      facets.map(([facet, labels]) => [
        facet,
        Object.fromEntries(
          [...labels]
            .sort(([left], [right]) => compareNames(left, right))
            .map(([label, builder]) => [label, builder.build()]),
        ),
      ]),
    );
  }

  #builder(facet: string, label: string): TallyBuilder {
    let labels = this.#facets.get(facet);
    if (labels === undefined) {
      labels = new Map();
      this.#facets.set(facet, labels);
    }
    let builder = labels.get(label);
    if (builder === undefined) {
      builder = new TallyBuilder();
      labels.set(label, builder);
    }
    return builder;
  }
}
