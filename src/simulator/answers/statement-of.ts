import type { AnswerKeyEntry } from '../answer-key.ts';
import { rightChoice, wrongChoice } from './choice-forms.ts';
import type { Draws } from './draws.ts';
import type { Statement } from './final-statement.ts';
import { goldValue } from './gold-value.ts';
import { rightNumber, wrongNumber } from './number-forms.ts';
import { wrongFormula, wrongList, wrongWords } from './wrong-text.ts';

/** A value that is right under the entry's policy, in one of the forms in which models write it. */
export function rightStatement(entry: AnswerKeyEntry, draws: Draws): Statement {
  const gold = goldValue(entry);
  switch (gold.kind) {
    case 'letters':
      return rightChoice(gold.letters, entry, draws);
    case 'number':
      return rightNumber(gold, entry, draws);
    case 'list': {
      const text = `[${gold.items.join(draws.pick([', ', ', ', ',']))}]`;
      return { plain: text, latex: text };
    }
    case 'words':
      return { plain: gold.text, latex: draws.pick([gold.text, `\\text{${gold.text}}`]) };
    case 'latex':
      return formula(gold.text, draws);
  }
}

/** A believable value that is wrong under the entry's policy. */
export function wrongStatement(entry: AnswerKeyEntry, draws: Draws): Statement {
  const gold = goldValue(entry);
  switch (gold.kind) {
    case 'letters':
      return wrongChoice(gold.letters, entry, draws);
    case 'number':
      return wrongNumber(gold, entry, draws);
    case 'list':
      return wrongList(gold.items, draws);
    case 'words':
      return entry.policy.type === 'yes-no' ? opposite(gold.text) : wrongWords(gold.text, entry, draws);
    case 'latex':
      return entry.policy.type === 'choice' ? wrongWords(gold.text, entry, draws) : wrongFormula(gold.text, draws);
  }
}

function opposite(gold: string): Statement {
  const text = gold === 'yes' ? 'no' : 'yes';
  return { plain: text, latex: text };
}

/** The gold itself, with fractions in display or text size. */
function formula(gold: string, draws: Draws): Statement {
  const latex = draws.happens(0.2) ? gold.replaceAll('\\frac', '\\dfrac') : gold;
  const isFormula = /[\\^_{}]/.test(gold) && !gold.includes('$');
  return { plain: isFormula ? `$${latex}$` : gold, latex };
}
