import { agreed } from '../agreed.ts';
import { Sheet } from '../drawing/sheet.ts';
import { drawCylinder } from '../figures/solids.ts';
import type { MathverseProblem } from './mathverse-problem.ts';

function cylinderVolume(): MathverseProblem {
  const [radius, height] = [3, 5];
  // Thin discs of the same radius, as a second way to the volume over pi.
  const discs = Array.from({ length: 1000 }, () => (radius ** 2 * height) / 1000).reduce((sum, disc) => sum + disc, 0);
  const volume = agreed('volume of the cylinder', radius * radius * height, discs);
  return {
    source: 'DrawnSolids',
    subject: 'Solid Geometry',
    subfield: 'Volume',
    questionType: 'free-form',
    answer: `${volume}\\pi `,
    choices: [],
    textDominant:
      'The solid shown is a right cylinder. Its base has radius 3 cm and its height is 5 cm. Find its volume in cm³, in terms of π.',
    textLite: 'The radius of the base is 3 cm and the height is 5 cm. Find the volume in cm³, in terms of π.',
    visionIntensive: 'The radius is 3 cm and the height is 5 cm. Find the volume in cm³, in terms of π.',
    visionDominant: 'Find the volume of the cylinder in cm³, in terms of π.',
    draw(withConditions) {
      const sheet = new Sheet(300, 300, withConditions ? '#ffffff' : 'none');
      drawCylinder(sheet, [140, 240], 72, 160);
      sheet.dot([140, 80], 2.5).line([140, 80], [212, 80], { width: 1.3 });
      sheet.arrow([232, 160], [232, 82], { width: 1 }).arrow([232, 160], [232, 238], { width: 1 });
      sheet
        .text([174, 90], withConditions ? '3 cm' : 'r', { size: 9 })
        .text([withConditions ? 262 : 246, 160], withConditions ? '5 cm' : 'h');
      return sheet;
    },
  };
}

export const solidProblems = [cylinderVolume()];
