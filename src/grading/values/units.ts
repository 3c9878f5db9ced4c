/** Spellings of one unit, the first being its name here. */
const spellings: readonly (readonly string[])[] = [
  ['cm', 'centimeter', 'centimeters', 'centimetre', 'centimetres', '厘米'],
  ['mm', 'millimeter', 'millimeters', 'millimetre', 'millimetres', '毫米'],
  ['m', 'meter', 'meters', 'metre', 'metres', '米'],
  ['km', 'kilometer', 'kilometers', 'kilometre', 'kilometres', '千米', '公里'],
  ['dm', 'decimeter', 'decimeters', 'decimetre', 'decimetres', '分米'],
  ['in', 'inch', 'inches'],
  ['ft', 'foot', 'feet'],
  ['yd', 'yard', 'yards'],
  ['mi', 'mile', 'miles'],
  ['nm', 'nautical mile', 'nautical miles', '海里'],
  ['g', 'gram', 'grams', 'gramme', 'grammes', '克'],
  ['kg', 'kilogram', 'kilograms', '千克', '公斤'],
  ['mg', 'milligram', 'milligrams'],
  ['lb', 'lbs', 'pound', 'pounds'],
  ['L', 'l', 'liter', 'liters', 'litre', 'litres', '升'],
  ['ml', 'mL', 'milliliter', 'milliliters', 'millilitre', 'millilitres', '毫升'],
  ['s', 'sec', 'secs', 'second', 'seconds', '秒'],
  ['min', 'mins', 'minute', 'minutes', '分钟'],
  ['h', 'hr', 'hrs', 'hour', 'hours', '小时'],
  ['day', 'days', '天'],
  ['week', 'weeks'],
  ['month', 'months'],
  ['year', 'years', 'yr', 'yrs', '岁', '年'],
  ['N', 'newton', 'newtons'],
  ['J', 'joule', 'joules'],
  ['W', 'watt', 'watts'],
  ['V', 'volt', 'volts'],
  ['Hz', 'hertz'],
  ['°', 'degree', 'degrees', 'deg', '度'],
  ['rad', 'radian', 'radians'],
  ['$', 'dollar', 'dollars', 'usd'],
  ['cent', 'cents'],
  ['€', 'euro', 'euros', 'eur'],
  ['£'],
  ['¥', 'yuan', '元'],
  ['mph'],
];

const nameOf = new Map(spellings.flatMap((names) => names.map((name) => [name, names[0] as string] as const)));

/** Single letters that stand for a unit when they follow a number directly in running maths, where others are variables. */
export const letterUnits: ReadonlySet<string> = new Set(['m', 'g', 's', 'h', 'L', 'l', 'N', 'J', 'W', 'V']);

/** Words beside a number that carry no dimension: they neither make two answers different nor equal. */
const countWords = new Set(['unit', 'units', 'u', 'cubic', 'square', 'sq', 'cu', '个', '平方', '立方']);

/** The unit's one name, `''` for a word such as `units` that carries none, undefined for a word that is no unit. */
export function unitName(word: string): string | undefined {
  const known = nameOf.get(word) ?? nameOf.get(word.toLowerCase());
  if (known !== undefined) return known;
  return countWords.has(word.toLowerCase()) ? '' : undefined;
}
