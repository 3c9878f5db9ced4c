/** Which of the two problems shown is harder. */
export type BattleVerdict = 'first' | 'second' | 'tie';

/** Characters at the end of a reply in which the verdict is looked for. */
const tailCharacters = 4000;

/** Longest reply that may be nothing but a verdict. */
const bareCharacters = 60;

/** One place of a reply that says, or tries to say, who is harder. */
interface Saying {
  readonly end: number;
  /** Undefined where it names neither, or more than one. */
  readonly verdict: BattleVerdict | undefined;
}

/**
 * Reads a judge's verdict: the last one that the reply states, as the JSON asked for or in words. What a model thinks
 * aloud before it replies does not count. Takes time linear in the reply's length.
 *
 * @returns undefined where there is none, or where the last one is unreadable or takes both sides
 */
export function readBattleReply(reply: string): BattleVerdict | undefined {
  const said = afterThinking(reply)
    .slice(-tailCharacters)
    .replace(/[ \t]+/g, ' ');
  const sayings = [...jsonSayings(said), ...labelledSayings(said), ...sentenceSayings(said)];
  if (sayings.length === 0) return said.trim().length <= bareCharacters ? verdictOf(said) : undefined;
  return sayings.reduce((latest, saying) => (saying.end > latest.end ? saying : latest)).verdict;
}

/** What stands behind the thinking; nothing where the thinking was never ended. */
function afterThinking(text: string): string {
  const end = text.lastIndexOf('</think>');
  if (end >= 0) return text.slice(end + '</think>'.length);
  return /^\s{0,100}<think>/.test(text) ? '' : text;
}

const members = ['harder', 'winner', 'verdict'];

function jsonSayings(text: string): Saying[] {
  const sayings: Saying[] = [];
  for (const found of text.matchAll(/\{[^{}]{0,2000}\}/g)) {
    const value = parseObject(found[0]);
    const stated = members.flatMap((member) => (Object.hasOwn(value, member) ? [value[member]] : []));
    if (stated.length === 0) continue;
    const verdicts = new Set(stated.map((one) => (typeof one === 'string' ? verdictOf(one) : undefined)));
    const [verdict] = verdicts;
    sayings.push({ end: found.index + found[0].length, verdict: verdicts.size === 1 ? verdict : undefined });
  }
  return sayings;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Not JSON: its words may still say something.
    return {};
  }
}

/** `Winner: FIRST`, `"harder": "second"`, `my verdict is tie`. */
const labelled =
  /\b(?:winner|harder|verdict|(?:more|most) difficult|tougher)(?: problem| one| question)?["'*_]{0,3} ?(?:[:=]|is\b) ?(?<said>[^\n{}]{0,80})/gi;

function labelledSayings(text: string): Saying[] {
  return [...text.matchAll(labelled)].map((found) => ({
    end: found.index + found[0].trimEnd().length,
    verdict: verdictOf(found.groups?.['said'] ?? ''),
  }));
}

/** `The second problem is harder`, `A is not harder`, `both are equally hard`. */
const sentences =
  /(?<said>\b(?:the )?(?:problem |question )?["'*_(]{0,3}(?:first|second|[AB12])["'*_)]{0,3}(?: problem| question| one)?) (?<not>is not|isn['’]t|is)(?: (?:clearly|slightly|much|somewhat|a bit|the|far|definitely)){0,2} (?:harder|tougher|more difficult|more challenging)\b|(?<denied>\bnot )?(?<even>\bequally (?:hard|difficult|challenging)\b)/gi;

function sentenceSayings(text: string): Saying[] {
  return [...text.matchAll(sentences)].map((found) => {
    const { said = '', not = '', denied, even } = found.groups ?? {};
    const end = found.index + found[0].length;
    if (even !== undefined) return { end, verdict: denied === undefined ? 'tie' : undefined };
    return { end, verdict: not.toLowerCase() === 'is' ? verdictOf(said) : undefined };
  });
}

const verdictBySide: Readonly<Record<string, BattleVerdict>> = {
  first: 'first',
  a: 'first',
  '1': 'first',
  second: 'second',
  b: 'second',
  '2': 'second',
  tie: 'tie',
  tied: 'tie',
  draw: 'tie',
  equal: 'tie',
  neither: 'tie',
};

/** A side at the beginning of a phrase, and what stands behind it. */
const side =
  /^(?:it is |it's )?(?:(?:the|a) )?(?:problem |question )?(first|second|tied?|draw|equal|neither|[ab12])(?![a-z0-9])(?: problem| question| one)?(.*)$/s;

/** What may stand behind a letter or a number, which otherwise could be an article or a quantity. */
const behindShort = /^\s*(?:$|[.,;:!](?!\d)|\n|(?:is|because|since|as|by)\b)/;

const another =
  /^\s*(?:(?:or|and|nor|vs\.?|[/|&])\s*(?:the )?(?:first|second|tie|draw|[ab12]\b)|,\s*(?:first|second|tie)\b)/;

/** The side that a phrase begins with; undefined where it begins with none, or goes on with another. */
function verdictOf(phrase: string): BattleVerdict | undefined {
  const plain = phrase
    .slice(0, 200)
    .replace(/["'’*_`()[\]<>\\]/g, '')
    .trim()
    .toLowerCase();
  const [, name = '', behind = ''] = side.exec(plain) ?? [];
  if (another.test(behind) || (name.length === 1 && !behindShort.test(behind))) return undefined;
  return verdictBySide[name];
}
