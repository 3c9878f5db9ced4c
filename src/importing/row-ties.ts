import { SynthrlError } from '../core/errors.ts';
import type { ImportRow } from './import-row.ts';
import type { Check, ProblemFinder } from './problem-finder.ts';

/** A row that was not taken. */
export interface Unmatched {
  /** What the row says its id is. */
  readonly id: string;
  readonly where: string;
  readonly why: string;
}

/** What of a file belongs to one model. */
export interface Tied<Value> {
  /** By problem id. */
  readonly values: ReadonlyMap<string, Value>;
  readonly unmatched: readonly Unmatched[];
  /** Rows read. */
  readonly rows: number;
  /** Whole sentences on how rows were tied to problems. */
  readonly notes: readonly string[];
}

/** One way to read an id that another program gave: what it leads to for one row. */
type Lead = { readonly id: string; readonly check: Check } | undefined;

/** Where a row stands, what it calls itself, and which of its problem's samples it is. */
interface Place {
  readonly where: string;
  readonly name: string;
  readonly sample: number | undefined;
}

/** A row with a foreign id, held until all rows have shown how such ids are to be read. */
interface OpenRow<Value> {
  readonly row: Place;
  readonly value: Value | undefined;
  readonly leads: readonly Lead[];
  /** Every problem of its wording. */
  readonly worded: readonly string[];
}

/** Beyond this unmatched rows are counted, no longer kept. */
const mostUnmatched = 100_000;

/**
 * Ties rows to problems. A row that states the benchmark's own id is tied to it unless what it says of the question speaks
 * against that. Ids that another program gave may mean several things (an index, a place in the split, a seed without its
 * variant): each reading is tried on all rows, and the one that the questions and answers confirm most often is taken for
 * the whole file; where most speak against all of them, rows are tied by wording where that is unique.
 */
export class RowTies<Value> {
  readonly #finder: ProblemFinder;
  readonly #values = new Map<string, { readonly value: Value | undefined; readonly sample: number | undefined }>();
  readonly #open: OpenRow<Value>[] = [];
  readonly #unmatched: Unmatched[] = [];
  #unmatchedCount = 0;
  #rows = 0;
  #otherGold = 0;
  #byWording = 0;
  #further = 0;
  #refusal: SynthrlError | undefined;

  constructor(finder: ProblemFinder) {
    this.#finder = finder;
  }

  /**
   * @param read - the row's value; undefined where its request had failed; throws `IMPORT_INVALID` where the row has none.
   * That is kept for {@link finish}, since the row may be another model's
   */
  add(row: ImportRow, read: (row: ImportRow) => Value | undefined): void {
    this.#rows += 1;
    const own = row.idsAreOwn ? this.#ownLead(row) : undefined;
    const leads = row.idsAreOwn ? [own] : this.#foreignLeads(row);
    const worded = row.idsAreOwn || !row.evidence ? [] : this.#finder.byWording(row.evidence).map(({ id }) => id);
    const name = row.ids.find((id) => id !== undefined) ?? (row.position === undefined ? '' : String(row.position));
    const place = { where: row.where, name, sample: row.sample };
    if (leads.every((lead) => lead === undefined) && worded.length === 0) {
      this.#leave(place, 'no selected problem has this id');
      return;
    }
    // What speaks against every problem needs no value.
    const isWanted = worded.length > 0 || leads.some((lead) => lead !== undefined && lead.check.is !== 'other');
    const value = isWanted ? this.#valueOf(row, read) : undefined;
    if (row.idsAreOwn) this.#settle(place, own, value);
    else this.#open.push({ row: place, value, leads, worded });
  }

  /** @throws {SynthrlError} `IMPORT_INVALID` for a row without a value, or an id that stands twice */
  finish(): Tied<Value> & { readonly matched: number } {
    const reading = bestReading(this.#open);
    if (reading === 'wording') this.#settleByWording();
    else for (const { row, value, leads } of this.#open) this.#settle(row, leads[reading], value);
    if (this.#refusal) throw this.#refusal;
    const values = new Map<string, Value>();
    for (const [id, { value }] of this.#values) if (value !== undefined) values.set(id, value);
    const failed = this.#values.size - values.size;
    const count = (rows: number, sentence: string) => (rows > 0 ? [`${rows} ${sentence}`] : []);
    const notes = [
      ...count(
        this.#byWording,
        'rows were tied by the wording of their question, since their ids are others than here.',
      ),
      ...count(this.#otherGold, 'rows have another gold answer than the data here; the one here counts.'),
      ...count(this.#further, 'further responses were passed over: an imported run holds one for each problem.'),
      ...count(failed, 'rows hold no response, as where a request failed.'),
      ...count(this.#unmatchedCount - this.#unmatched.length, 'more rows without a problem are not listed.'),
    ];
    return { values, unmatched: this.#unmatched, rows: this.#rows, notes, matched: this.#values.size };
  }

  /** Counts samples that the run cannot hold. */
  passOver(samples: number): void {
    this.#further += samples;
  }

  #ownLead(row: ImportRow): Lead {
    const problem = row.ids.map((id) => this.#finder.byId(id)).find((found) => found !== undefined);
    if (problem === undefined) return undefined;
    const check: Check = row.evidence ? this.#finder.check(problem, row.evidence) : { is: 'unknown' };
    return { id: problem.id, check };
  }

  #foreignLeads(row: ImportRow): Lead[] {
    const evidence = row.evidence ?? { texts: [] };
    const leads = row.ids.map((id): Lead => {
      const problem = this.#finder.byId(id);
      return problem && { id: problem.id, check: this.#finder.check(problem, evidence) };
    });
    const placed = row.position === undefined ? undefined : this.#finder.problems[row.position];
    const check = placed && this.#finder.check(placed, evidence);
    // A place in a split of unknown order is nothing to trust.
    leads.push(placed && check && check.is !== 'unknown' ? { id: placed.id, check } : undefined);
    return leads;
  }

  #valueOf(row: ImportRow, read: (row: ImportRow) => Value | undefined): Value | undefined {
    try {
      return read(row);
    } catch (error) {
      if (!(error instanceof SynthrlError)) throw error;
      this.#refusal ??= error;
      return undefined;
    }
  }

  /** A wording that several rows claim, or that several problems have, ties none of them. */
  #settleByWording(): void {
    const claims = claimsByWording(this.#open);
    for (const { row, value, leads, worded } of this.#open) {
      const [id] = worded;
      if (id !== undefined && worded.length === 1 && claims.get(claim(id, row)) === 1) {
        this.#byWording += 1;
        this.#settle(row, { id, check: { is: 'same' } }, value);
        continue;
      }
      const against = leads.flatMap((lead) => (lead?.check.is === 'other' ? [lead.check.why] : []))[0];
      const ambiguous = 'several rows or problems have its question and answer';
      const foreign = leads.some((lead) => lead !== undefined)
        ? 'the ids of this file are others, as its other rows show'
        : undefined;
      this.#leave(row, worded.length > 0 ? ambiguous : (against ?? foreign ?? 'no selected problem has its question'));
    }
  }

  #settle(row: Place, lead: Lead, value: Value | undefined): void {
    if (lead === undefined || lead.check.is === 'other') {
      this.#leave(row, lead?.check.is === 'other' ? lead.check.why : 'no selected problem has this id');
      return;
    }
    const known = this.#values.get(lead.id);
    if (known && (known.sample ?? 0) === (row.sample ?? 0)) {
      this.#refusal ??= new SynthrlError('IMPORT_INVALID', `${row.where}: the id ${row.name} stands twice.`);
      return;
    }
    if (known) this.#further += 1;
    else if (lead.check.is === 'same' && lead.check.otherGold) this.#otherGold += 1;
    // Samples may stand in any order; the first one is kept.
    if (!known || (row.sample ?? 0) < (known.sample ?? 0)) this.#values.set(lead.id, { value, sample: row.sample });
  }

  #leave(row: Place, why: string): void {
    this.#unmatchedCount += 1;
    if (this.#unmatched.length < mostUnmatched) this.#unmatched.push({ id: row.name, where: row.where, why });
  }
}

function claim(id: string, { sample }: Place): string {
  return `${sample ?? 0}/${id}`;
}

/** How many rows have the wording of each sample of a problem. */
function claimsByWording(rows: readonly OpenRow<unknown>[]): Map<string, number> {
  const claims = new Map<string, number>();
  for (const { row, worded } of rows) {
    for (const id of worded) claims.set(claim(id, row), (claims.get(claim(id, row)) ?? 0) + 1);
  }
  return claims;
}

/**
 * The reading that finds the most problems, less the rows that speak against it; an earlier one where several find as
 * many, and the first on trust where nothing speaks either way.
 */
function bestReading(rows: readonly OpenRow<unknown>[]): number | 'wording' {
  const count = Math.max(0, ...rows.slice(0, 1).map(({ leads }) => leads.length));
  const scores = Array.from({ length: count }, (_, reading) => {
    const leads = rows.flatMap((row) => row.leads[reading] ?? []);
    const found = new Set(leads.flatMap(({ id, check }) => (check.is === 'same' ? [id] : [])));
    return found.size - leads.filter(({ check }) => check.is === 'other').length;
  });
  const unique = new Set(
    rows.flatMap(({ worded: [id, second] }) => (id !== undefined && second === undefined ? [id] : [])),
  );
  const claims = claimsByWording(rows.filter(({ worded }) => worded.length === 1));
  const worded = [...unique].filter((id) => (claims.get(claim(id, noSample)) ?? 1) === 1).length;
  const best = Math.max(0, ...scores);
  if (best > 0 && best >= worded) return scores.indexOf(best);
  if (worded > 0) return 'wording';
  return (scores[0] ?? -1) === 0 ? 0 : 'wording';
}

const noSample: Place = { where: '', name: '', sample: undefined };
