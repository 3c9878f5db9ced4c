import type { Value } from './value.ts';

const compass = /^([NS])\s?(\d{1,3}(?:\.\d{1,4})?)\s?°?\s?([EW])$/i;
const threeFigures = /^(\d{1,3}(?:\.\d{1,4})?)\s?°?\s?T$/;

/** `N 34° W`, `212°T`, `035° T`; undefined for anything else. Markup and blanks are gone already, words are spelled as letters. */
export function readBearing(spelled: string): Value | undefined {
  if (spelled.length > 24) return undefined;
  const figures = threeFigures.exec(spelled);
  if (figures !== null) return bearing(Number(figures[1]));
  const match = compass.exec(spelled);
  const [, from = '', angle = '', to = ''] = match ?? [];
  if (match === null || Number(angle) > 90) return undefined;
  const east = to.toUpperCase() === 'E';
  if (from.toUpperCase() === 'N') return bearing(east ? Number(angle) : 360 - Number(angle));
  return bearing(east ? 180 - Number(angle) : 180 + Number(angle));
}

function bearing(degrees: number): Value | undefined {
  return degrees <= 360 ? { kind: 'bearing', degrees: degrees % 360 } : undefined;
}
