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

/** Sizes of units in the base unit of their dimension, as top and bottom of a fraction. */
const sizes: Readonly<Record<string, readonly [dimension: string, top: bigint, bottom: bigint]>> = {
  mm: ['length', 1n, 1000n],
  cm: ['length', 1n, 100n],
  dm: ['length', 1n, 10n],
  m: ['length', 1n, 1n],
  km: ['length', 1000n, 1n],
  in: ['length', 254n, 10_000n],
  ft: ['length', 3048n, 10_000n],
  yd: ['length', 9144n, 10_000n],
  mi: ['length', 1_609_344n, 1000n],
  nm: ['length', 1852n, 1n],
  mg: ['mass', 1n, 1000n],
  g: ['mass', 1n, 1n],
  kg: ['mass', 1000n, 1n],
  s: ['time', 1n, 1n],
  min: ['time', 60n, 1n],
  h: ['time', 3600n, 1n],
  day: ['time', 86_400n, 1n],
  week: ['time', 604_800n, 1n],
  cent: ['dollar', 1n, 100n],
  $: ['dollar', 1n, 1n],
};

/** What a unit measures (`length^2`, `length/time`), and its size in base units. */
export interface UnitSize {
  readonly dimension: string;
  readonly top: bigint;
  readonly bottom: bigint;
}

/** The size of `cm^2`, `km/h`, `L`; undefined for what is not converted. */
export function unitSize(unit: string): UnitSize | undefined {
  if (unit === 'L') return { dimension: 'length^3', top: 1n, bottom: 1000n };
  if (unit === 'ml') return { dimension: 'length^3', top: 1n, bottom: 1_000_000n };
  if (unit === 'mph') return unitSize('mi/h');
  const [above = '', below, ...more] = unit.split('/');
  const [top, bottom] = [simpleSize(above), below === undefined ? undefined : simpleSize(below)];
  if (top === undefined || more.length > 0) return undefined;
  if (below === undefined) return top;
  if (bottom === undefined) return undefined;
  return {
    dimension: `${top.dimension}/${bottom.dimension}`,
    top: top.top * bottom.bottom,
    bottom: top.bottom * bottom.top,
  };
}

function simpleSize(unit: string): UnitSize | undefined {
  const [name = '', power] = unit.split('^');
  const size = sizes[name];
  if (size === undefined) return undefined;
  const times = BigInt(power ?? 1);
  return {
    dimension: power === undefined ? size[0] : `${size[0]}^${power}`,
    top: size[1] ** times,
    bottom: size[2] ** times,
  };
}
