import type { Problem } from '../core/problem.ts';
import type { Evidence } from './import-row.ts';

/** What evidence says of one problem: it is the one, nothing, or why it is another. */
export type Check =
  | { readonly is: 'same' | 'unknown'; readonly otherGold?: true }
  | { readonly is: 'other'; readonly why: string };

/** Longer texts are compared by their beginning; no question comes near. */
const mostCharacters = 20_000;
/** A text that is only part of a question, or a question that is only part of a prompt, says nothing below this. */
const fewestCharacters = 12;

/** Finds and checks problems by what a row says of them. */
export class ProblemFinder {
  readonly problems: readonly Problem[];
  readonly #byId: ReadonlyMap<string, Problem>;
  readonly #byWording = new Map<string, Problem[]>();
  /** Wordings by their first characters. */
  readonly #beginnings = new Map<string, string[]>();
  readonly #wordings = new Map<Problem, readonly [question: string, prompt: string]>();
  readonly #texts = new WeakMap<Evidence, readonly string[]>();

  constructor(problems: readonly Problem[]) {
    this.problems = problems;
    this.#byId = new Map(problems.map((problem) => [problem.id, problem]));
    for (const problem of problems) {
      const wordings = [plain(problem.question), plain(problem.prompt)] as const;
      this.#wordings.set(problem, wordings);
      for (const wording of new Set(wordings)) {
        if (wording === '') continue;
        const same = this.#byWording.get(wording);
        if (same) same.push(problem);
        else this.#byWording.set(wording, [problem]);
      }
    }
    for (const wording of this.#byWording.keys()) {
      if (wording.length < fewestCharacters) continue;
      const beginning = wording.slice(0, fewestCharacters);
      const same = this.#beginnings.get(beginning);
      if (same) same.push(wording);
      else this.#beginnings.set(beginning, [wording]);
    }
  }

  byId(id: string | undefined): Problem | undefined {
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** Every problem that nothing speaks against of exactly this wording, or of the longest one that a prompt contains. */
  byWording(evidence: Evidence): Problem[] {
    const texts = this.#textsOf(evidence);
    const exact = new Set(texts.flatMap((text) => this.#byWording.get(text) ?? []));
    const found = exact.size > 0 ? exact : new Set(texts.flatMap((text) => this.#containedIn(text)));
    return [...found].filter((problem) => this.check(problem, evidence).is === 'same');
  }

  #containedIn(text: string): readonly Problem[] {
    let longest = '';
    for (let at = 0; at + fewestCharacters <= text.length; at += 1) {
      for (const wording of this.#beginnings.get(text.slice(at, at + fewestCharacters)) ?? []) {
        if (wording.length > longest.length && text.startsWith(wording, at)) longest = wording;
      }
    }
    return this.#byWording.get(longest) ?? [];
  }

  /** Compares facets, question and gold answer, as far as they are there. */
  check(problem: Problem, evidence: Evidence): Check {
    for (const [name, value] of Object.entries(evidence.facets ?? {})) {
      const own = problem.facets[name];
      if (own !== undefined && !own.includes(value)) return other(`its ${name} is ${quoted(value)}`);
    }
    const worded = this.#compareWording(problem, evidence);
    if (worded === 'differs') return other(`its question is not that of ${problem.id}`);
    // An answer that was withheld is an empty one.
    const said = evidence.answer?.trim() ?? '';
    const gold = said === '' ? undefined : isGold(problem, said);
    if (gold !== false) return { is: worded === 'agrees' || gold === true ? 'same' : 'unknown' };
    // Mended answers stay mended where the question itself says which problem it is.
    if (worded === 'agrees' && this.#isOnlyOne(problem)) return { is: 'same', otherGold: true };
    return other(`its answer is ${quoted(said)}, that of ${problem.id} is ${quoted(problem.answer)}`);
  }

  #compareWording(problem: Problem, evidence: Evidence): 'agrees' | 'differs' | undefined {
    const own = (this.#wordings.get(problem) ?? []).filter((wording) => wording !== '');
    const texts = this.#textsOf(evidence);
    if (own.length === 0 || texts.length === 0) return undefined;
    const agrees = texts.some((text) =>
      own.some((wording) => text.includes(wording) || (text.length >= fewestCharacters && wording.includes(text))),
    );
    return agrees ? 'agrees' : 'differs';
  }

  /** A row is checked against several problems; its texts are made plain once. */
  #textsOf(evidence: Evidence): readonly string[] {
    const known = this.#texts.get(evidence);
    if (known) return known;
    const texts = evidence.texts.map(plain).filter((text) => text !== '');
    this.#texts.set(evidence, texts);
    return texts;
  }

  #isOnlyOne(problem: Problem): boolean {
    const [question = ''] = this.#wordings.get(problem) ?? [];
    return this.#byWording.get(question)?.length === 1;
  }
}

/** A text without what programs change on the way: white space, line feeds written out, tags of pictures. */
function plain(text: string): string {
  return text
    .slice(0, mostCharacters)
    .normalize('NFC')
    .replace(/<image ?\d{0,3}>|<image>|\\n|\s/g, '');
}

/** Whether an answer says the same as the problem's gold, as text, number, letter or the letter's option. */
function isGold(problem: Problem, answer: string): boolean {
  const [said, gold] = [plain(answer), plain(problem.answer)];
  if (said === gold || (said !== '' && gold !== '' && Number(said) === Number(gold))) return true;
  if (problem.policy.type !== 'choice') return false;
  const letter = said.toUpperCase();
  if (problem.policy.letters.includes(letter)) return true;
  return problem.policy.letters.some((own) => plain(problem.choices[own.charCodeAt(0) - 65] ?? '') === said);
}

function other(why: string): Check {
  return { is: 'other', why };
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
