/**
 * Whether an answer means the same as the gold answer, as far as a simulated judge goes: the same text, the same number
 * (also as a fraction), or an option by its letter or its text.
 *
 * @param gold - may name the option behind it: `12 (option B)`
 */
export function meansTheSame(gold: string, answer: string, options: readonly string[]): boolean {
  const [, value = gold, letters = ''] = /^(.*) \(option ([A-Z](?: or [A-Z])*)\)$/.exec(gold) ?? [];
  const accepted = [value, ...letters.split(' or ')].filter((text) => text !== '').map(plain);
  for (const letter of [...accepted]) {
    const option = /^[a-z]$/.test(letter) ? options[letter.charCodeAt(0) - 97] : undefined;
    if (option !== undefined) accepted.push(plain(option));
  }
  const given = plain(answer);
  const letter = /^\(?([a-z])\)?(?:[.:)].*)?$/.exec(given)?.[1];
  return accepted.some((right) => right === given || right === letter || sameNumber(right, given));
}

function plain(text: string): string {
  return text
    .slice(0, 1000)
    .replace(/\\boxed/g, '')
    .replace(/\\d?frac\{([^{}]*)\}\{([^{}]*)\}/g, '$1/$2')
    .replace(/\\(?:text|mathrm|mathbf|textbf)\b|\\[,;!]|[\s{}$*]/g, '')
    .replace(/[.。]$/, '')
    .toLowerCase();
}

function sameNumber(left: string, right: string): boolean {
  const [one, other] = [numberOf(left), numberOf(right)];
  return one !== undefined && other !== undefined && Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(one));
}

function numberOf(text: string): number | undefined {
  const [, top = '', bottom = '1'] = /^([-+]?[\d,]*\.?\d+)(?:\/(\d+))?(?:[a-z°%²³^]{0,8})$/.exec(text) ?? [];
  const value = Number(top.replaceAll(',', '')) / Number(bottom);
  return top === '' || !Number.isFinite(value) ? undefined : value;
}
