import { stripPunctuation } from '../values/read-value.ts';
import { findAnswerPhrases } from './answer-phrases.ts';
import { answerZone } from './answer-zone.ts';
import { findBoxes, type Span } from './find-boxes.ts';
import { firstLine, lastLine, lastSentence } from './last-sentence.ts';

/** How a final answer was found. */
export type ExtractionRule =
  | 'boxed'
  | 'joined-boxes'
  | 'answer-tag'
  | 'answer-phrase'
  | 'whole-response'
  | 'first-line'
  | 'last-line'
  | 'last-sentence';

/** A piece of a response that may be its final answer. */
export interface Candidate extends Span {
  /** What to read: the piece itself, or the contents of joined boxes. */
  readonly text: string;
  readonly rule: ExtractionRule;
}

export interface Extraction {
  /** The answer as it was asked for: a box, else a tag, else phrases with the last one first. */
  readonly stated: readonly Candidate[];
  /** Phrases behind the box, which may repeat it or take it back. */
  readonly restated: readonly Candidate[];
  /** Places where an answer stands without being announced. */
  readonly unannounced: readonly Candidate[];
  /** Whether the response went on to write another prompt. */
  readonly runsOn: boolean;
}

const wholeLimit = 300;
const placeholder =
  /^(?:\\text\{)?\s*(?:\.{3}|…|\\l?dots|\?+|_+|x{3,}|(?:your |the |final |correct )*(?:answer|value|letter|option|result|number)(?: here)?)\s*\}?$/i;
/** What may stand between boxes that belong together. */
const between = /^(?:[\s$,;.&、*-]|\\[()[\],; ]|\\quad|\band\b|\bor\b|和|或|\d{1,2}[.)])*$/;

/** Finds the final answer of a response. The work is linear in its length. */
export function extractAnswer(text: string): Extraction {
  const zone = answerZone(text);
  const box = lastBox(text, zone);
  if (zone.reasoningOnly) return { stated: box ? [box] : [], restated: [], unannounced: [], runsOn: false };
  const phrases = (from: number) =>
    findAnswerPhrases(text, from, zone.end).map((span) => candidate(text, span, 'answer-phrase'));
  if (box !== undefined) return { stated: [box], restated: phrases(box.end), unannounced: [], runsOn: zone.runsOn };
  const tag = lastTag(text, zone);
  const stated = [...(tag ? [tag] : []), ...phrases(zone.start)].filter(isWhole);
  return { stated, restated: [], unannounced: unannounced(text, zone).filter(isWhole), runsOn: zone.runsOn };
}

function candidate(text: string, span: Span, rule: ExtractionRule): Candidate {
  return { ...span, text: text.slice(span.start, span.end), rule };
}

/** Whether a candidate is more than a placeholder, and not cut off inside a box: its last digits may be missing. */
function isWhole({ text }: Candidate): boolean {
  return !placeholder.test(text) && !/(?:boxed|fbox)\s{0,4}\{/.test(text);
}

function lastBox(text: string, zone: Span): Candidate | undefined {
  const boxes = findBoxes(text, zone.start, zone.end).filter(({ start, end }) => {
    const content = text.slice(start, end).trim();
    return content !== '' && !placeholder.test(content);
  });
  const last = boxes.at(-1);
  if (last === undefined) return undefined;
  let first = boxes.length - 1;
  while (first > 0 && areJoined(text, boxes[first - 1], boxes[first])) first -= 1;
  const contents = [...new Set(boxes.slice(first).map(({ start, end }) => text.slice(start, end).trim()))];
  if (contents.length === 1) return candidate(text, last, 'boxed');
  return { start: boxes[first]?.start ?? last.start, end: last.end, text: contents.join(', '), rule: 'joined-boxes' };
}

function areJoined(text: string, left: Span | undefined, right: Span | undefined): boolean {
  if (left === undefined || right === undefined || right.start - left.end > 48) return false;
  const gap = text.slice(left.end + 1, right.start).replace(/\\?(?:boxed|fbox)\s*\{$/, '');
  return between.test(gap);
}

function lastTag(text: string, zone: Span): Candidate | undefined {
  const close = text.lastIndexOf('</answer>', zone.end);
  if (close < zone.start) return undefined;
  const open = text.lastIndexOf('<answer>', close);
  if (open < zone.start) return undefined;
  return candidate(text, { start: open + '<answer>'.length, end: close }, 'answer-tag');
}

function unannounced(text: string, zone: Span): Candidate[] {
  const found: Candidate[] = [];
  const add = (span: Span | undefined, rule: ExtractionRule) => {
    if (span !== undefined && stripPunctuation(text.slice(span.start, span.end)) !== '')
      found.push(candidate(text, span, rule));
  };
  const whole = text.slice(zone.start, zone.start + wholeLimit + 20).trim();
  const start = text.indexOf(whole.charAt(0), zone.start);
  const isShort = whole !== '' && zone.end - start <= wholeLimit && !whole.includes('\n');
  if (isShort) add({ start, end: zone.end }, 'whole-response');
  else {
    add(firstLine(text, zone.start, zone.end), 'first-line');
    const line = lastLine(text, zone.start, zone.end);
    if (line !== undefined && !endsList(text, line)) add(line, 'last-line');
  }
  const sentence = lastSentence(text, zone.start, zone.end);
  if (sentence !== undefined && !endsList(text, sentence)) add(sentence, 'last-sentence');
  return found;
}

/** Whether a labelled line is the last of several: `(A) …`, `(B) …`. */
function endsList(text: string, line: Span): boolean {
  const label = /^\s*[*_]{0,2}[([]?[A-J][)\].:]/;
  if (!label.test(text.slice(line.start, line.start + 12))) return false;
  const before = lastLine(text, Math.max(0, line.start - 1000), line.start);
  return before !== undefined && label.test(text.slice(before.start, before.start + 12));
}
