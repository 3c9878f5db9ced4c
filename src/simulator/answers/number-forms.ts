import type { AnswerKeyEntry } from '../answer-key.ts';
import type { Draws } from './draws.ts';
import type { Statement } from './final-statement.ts';

/** A right number in one of the ways in which models write it; equal to the gold under the entry's policy. */
export function rightNumber(gold: { value: number; text: string }, entry: AnswerKeyEntry, draws: Draws): Statement {
  const { value } = gold;
  const plain = gold.text.replaceAll(',', '').replace(/^\+/, '');
  const policy = closenessOf(entry);
  const roll = draws.uniform();
  const rounded = Number(value.toFixed(3));
  if (policy.tolerance !== undefined && rounded !== value && Math.abs(rounded - value) <= policy.tolerance / 2) {
    return same(String(rounded));
  }
  if (plain.length > 12) return same(shorter(value, policy.tolerance) ?? plain);
  if (Number.isInteger(value)) {
    if (Math.abs(value) >= 10_000 && roll < 0.2) return same(value.toLocaleString('en-US'));
    return withUnit(String(value), entry.prompt, draws);
  }
  if (roll < 0.12) return fraction(value, draws) ?? same(plain);
  if (roll < 0.2 && plain.includes('.')) return same(`${plain}0`);
  return withUnit(plain, entry.prompt, draws);
}

/** A believable wrong number, further from the gold than any tolerance in use. */
export function wrongNumber(gold: { value: number; text: string }, entry: AnswerKeyEntry, draws: Draws): Statement {
  const { value } = gold;
  const policy = closenessOf(entry);
  const decimals = Math.min(4, /\.(\d+)/.exec(gold.text)?.[1]?.length ?? 0);
  const least = Math.max(
    0.05,
    3 * (policy.tolerance ?? 0),
    Math.abs(value) * 1e-3,
    policy.decimals === undefined ? 0 : 2 * 10 ** -policy.decimals,
  );
  const slips = [value + 1, value - 1, value * 2, value / 2, -value, value + 10, value * 10, value + 2, value * 3];
  for (let tries = 0; tries < 6; tries += 1) {
    const slip = Number(draws.pick(slips).toFixed(Number.isInteger(value) ? 0 : decimals));
    if (Math.abs(slip - value) > least) return same(slip.toFixed(Number.isInteger(value) ? 0 : decimals));
  }
  return same((value * 2 + 3 + Math.ceil(least)).toFixed(decimals));
}

/** How near a number must come; the widest tolerance where there are several. */
function closenessOf({ policy }: AnswerKeyEntry): { tolerance?: number | undefined; decimals?: number | undefined } {
  if (policy.type === 'values' && policy.tolerances !== undefined) return { tolerance: Math.max(...policy.tolerances) };
  return policy.type === 'number' ? policy : {};
}

function same(text: string): Statement {
  return { plain: text, latex: text };
}

/** Fewer digits for a number with float noise, where the tolerance (absolute) allows it or nothing is lost. */
function shorter(value: number, tolerance = 0): string | undefined {
  const text = String(Number(value.toPrecision(10)));
  return Math.abs(Number(text) - value) <= tolerance / 2 || Number(text) === value ? text : undefined;
}

/** As a fraction in lowest terms, where the decimals end and the denominator stays small. */
function fraction(value: number, draws: Draws): Statement | undefined {
  for (let denominator = 2; denominator <= 100; denominator += 1) {
    const numerator = Math.abs(value) * denominator;
    if (Math.abs(numerator - Math.round(numerator)) > 1e-12) continue;
    const whole = Math.round(numerator);
    if (whole / denominator !== Math.abs(value)) continue;
    const sign = value < 0 ? '-' : '';
    const command = draws.pick(['\\frac', '\\frac', '\\dfrac']);
    return { plain: `${sign}${whole}/${denominator}`, latex: `${sign}${command}{${whole}}{${denominator}}` };
  }
  return undefined;
}

/** Now and then with the unit that the question itself asks for: a length in cm, an angle in degrees. */
function withUnit(text: string, prompt: string, draws: Draws): Statement {
  if (!draws.happens(0.25)) return same(text);
  const head = prompt.slice(0, 4000);
  if (/\bdegrees\b/i.test(head) && !/radian/i.test(head)) return { plain: `${text}°`, latex: `${text}^\\circ` };
  if (
    /\bcm\b/.test(head) &&
    /\b(?:length|long|perimeter|radius)\b/i.test(head) &&
    !/area|volume|square|cubic/i.test(head)
  ) {
    return { plain: `${text} cm`, latex: `${text} \\text{ cm}` };
  }
  return same(text);
}
