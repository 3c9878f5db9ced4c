import type { CompositeSample } from './composites.ts';
import type { Figures } from './figure.ts';
import { figureOf, type Unit } from './figure-of.ts';

/** Insufficient knowledge, inadequate generalisation, complete mastery, rote memorisation. */
type Mastery = 'ik' | 'ig' | 'cm' | 'rm';

const points: Readonly<Record<Mastery, number>> = { ik: 0, ig: 0.5, cm: 1, rm: 0 };

/**
 * Shares of composites by what they show. For its interval each figure is read with what is open turned to its least and
 * its most, and for three of them that is not simply "all wrong" and "all right": IK falls with everything that turns
 * right; IG rises with parts and falls with wholes; RM among right wholes falls with parts, and with wholes it moves
 * either way.
 *
 * @param strict - whether mastery wants every part right, or one part
 */
export function masteryFigures(composites: readonly CompositeSample[], strict: boolean): Figures {
  const cells = composites.map((composite) => {
    const { group, parts, right, possible } = composite;
    const needed = strict ? parts : 1;
    return {
      group,
      reported: masteryOf(right.whole, right.parts, parts, needed),
      allRight: masteryOf(possible.whole, possible.parts, parts, needed),
      onlyParts: masteryOf(right.whole, possible.parts, parts, needed),
      onlyWhole: masteryOf(possible.whole, right.parts, parts, needed),
    };
  });
  type Cells = (typeof cells)[number];
  const share = (mastery: Mastery, least: keyof Cells, most: keyof Cells) =>
    figureOf(
      cells.map((cell): Unit => {
        const is = (reading: keyof Cells) => (cell[reading] === mastery ? 1 : 0);
        return { group: cell.group, value: is('reported'), least: is(least), most: is(most) };
      }),
    );
  const scores = cells.map(({ group, reported, allRight }): Unit => {
    return { group, value: points[reported], least: points[reported], most: points[allRight] };
  });
  const memorised = cells.map(({ group, reported, allRight, onlyParts, onlyWhole }): Unit => {
    // A whole that is open joins the right ones only where it moves the share the way that is looked for.
    const least = memorisedShare(allRight === 'cm' ? allRight : onlyParts);
    const most = memorisedShare(onlyWhole === 'rm' ? onlyWhole : reported);
    return { group, value: memorisedShare(reported), least, most };
  });
  return {
    // Half points: a composite is worth two of them.
    score: figureOf(scores, 2),
    ik: share('ik', 'allRight', 'reported'),
    ig: share('ig', 'onlyWhole', 'onlyParts'),
    cm: share('cm', 'reported', 'allRight'),
    rm: figureOf(memorised),
  };
}

/** Whether a right whole was memorised; null where the whole is not right. */
function memorisedShare(mastery: Mastery): number | null {
  if (mastery === 'rm') return 1;
  return mastery === 'cm' ? 0 : null;
}

/**
 * Which of the four a composite shows.
 *
 * @param needed - how many right parts a right composite needs to count as mastery: all (strict) or 1 (loose)
 */
function masteryOf(wholeRight: boolean, partsRight: number, parts: number, needed: number): Mastery {
  if (wholeRight) return partsRight >= needed ? 'cm' : 'rm';
  return partsRight === parts ? 'ig' : 'ik';
}
