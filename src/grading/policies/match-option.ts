import { compareValues } from '../values/compare-values.ts';
import { type ComparisonPolicy, defaultPolicy } from '../values/comparison.ts';
import { readValue, spelling } from '../values/read-value.ts';
import { unwrapMarkup } from '../values/unwrap-markup.ts';
import type { Value } from '../values/value.ts';

/** Options are the same question for every sample and checkpoint: read once per list. */
interface ReadOption {
  readonly spelling: string | undefined;
  readonly words: string;
  readonly value: Value;
}
const readOptions = new WeakMap<readonly string[], readonly ReadOption[]>();

/** An option's value may be written in any way, since only a few values are to be told apart. */
const anyWriting: ComparisonPolicy = { ...defaultPolicy, percent: 'as-written', ratio: true, listOrder: 'ordered' };

/** Whether the options say something, rather than being the labels or pictures of what the image shows. */
export function areTexts(choices: readonly string[]): boolean {
  return choices.some((choice) => !/^\s*(?:[([<]?\s*(?:[A-Za-z]|image\s?\d+)\s*[)\]>.:]?)?\s*$/.test(choice));
}

/** The option that a text spells out, whole; undefined where none or several do. */
export function matchOptionText(text: string, choices: readonly string[]): number | undefined {
  const wanted = { spelling: spelling(text), words: words(text) };
  if (wanted.words === '') return undefined;
  // Where two options read the same, the first stands for both.
  const spelled = optionsOf(choices).findIndex(
    (option) => option.spelling !== undefined && option.spelling === wanted.spelling,
  );
  const exact = spelled >= 0 ? spelled : undefined;
  return exact ?? only(optionsOf(choices), (option) => option.words === wanted.words);
}

/** The option whose value a text states. A rounded decimal counts where it is closer to one option than its last digit tells. */
export function matchOptionValue(text: string, choices: readonly string[]): number | undefined {
  const value = readValue(text);
  if (value.kind === 'words' || value.kind === 'unreadable') return undefined;
  const found = optionsOf(choices).map((option) => compareValues(option.value, value, anyWriting).found);
  const equal = onlyIndex(found.map((comparison) => comparison === 'equal'));
  if (equal !== undefined || found.includes('equal')) return equal;
  return onlyIndex(found.map((comparison) => comparison === 'rounded'));
}

/** Whether two options read the same, as a few published lists have it. */
export function sameOption(choices: readonly string[], left: number, right: number): boolean {
  const [first, second] = [optionsOf(choices)[left], optionsOf(choices)[right]];
  return (
    left === right || (first?.spelling !== undefined && first.spelling !== '' && first.spelling === second?.spelling)
  );
}

/** Whether a text states a value that surely is not the one of this option. */
export function differsFromOption(text: string, choices: readonly string[], index: number): boolean {
  const value = readValue(text);
  const option = optionsOf(choices)[index];
  return option !== undefined && compareValues(option.value, value, anyWriting).found === 'different';
}

/** Whether an option is a number, so that words without a digit cannot mean it. */
export function isNumberOption(choices: readonly string[], index: number): boolean {
  return optionsOf(choices)[index]?.value.kind === 'number';
}

function optionsOf(choices: readonly string[]): readonly ReadOption[] {
  let options = readOptions.get(choices);
  if (options === undefined) {
    options = choices.map((choice) => ({
      spelling: spelling(choice),
      words: words(unwrapMarkup(choice)),
      value: readValue(choice),
    }));
    readOptions.set(choices, options);
  }
  return options;
}

/** Words in lower case without articles, punctuation and markup. */
function words(text: string): string {
  return text
    .slice(0, 600)
    .toLowerCase()
    .replace(/\\text\s*\{|\\mathrm\s*\{|[${}~*"“”]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:the|a|an)\s/, '')
    .replace(/[.,;:!]+$/, '')
    .replace(/^\((.*)\)$/, '$1');
}

function only<Item>(items: readonly Item[], matches: (item: Item) => boolean): number | undefined {
  return onlyIndex(items.map(matches));
}

function onlyIndex(flags: readonly boolean[]): number | undefined {
  const index = flags.indexOf(true);
  return index >= 0 && flags.indexOf(true, index + 1) < 0 ? index : undefined;
}
