import { RowError } from '../../src/problems/define-benchmark.ts';

/** The name of a row's picture, which all rows have by their ID and key: `2steps_7` and `2steps_1` give `2steps/image/7-1.png`. */
export function officialImage(id: string, key: string): string {
  const [, steps, number] = /^([23]steps)_(\d{1,4})$/.exec(id) ?? [];
  const [, keySteps, part] = /^([23]steps)_(\d|multi)$/.exec(key) ?? [];
  if (steps === undefined || steps !== keySteps) {
    throw new RowError('key', `ID ${JSON.stringify(id)} and key ${JSON.stringify(key)} name no picture`);
  }
  return `${steps}/image/${number}-${part}.png`;
}
