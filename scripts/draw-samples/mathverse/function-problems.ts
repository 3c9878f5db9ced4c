import { agreed } from '../agreed.ts';
import { Sheet } from '../drawing/sheet.ts';
import { CoordinatePlane } from '../figures/coordinate-plane.ts';
import type { MathverseProblem } from './mathverse-problem.ts';

/** Largest value on a fine grid: a check on the vertex formula. */
function largestOf(f: (x: number) => number): number {
  return Math.max(...Array.from({ length: 2001 }, (_, step) => f(-10 + step / 100)));
}

function parabolaRange(): MathverseProblem {
  const f = (x: number): number => -((x - 1) ** 2) + 4;
  const top = agreed('top of the parabola', 4, largestOf(f));
  return {
    source: 'DrawnFunctions',
    subject: 'Functions',
    subfield: 'Property',
    questionType: 'free-form',
    answer: `(-\\infty, ${top}]`,
    choices: [],
    textDominant:
      'The parabola shown is the graph of f. It opens downwards and its vertex is V(1, 4). Give the range of f as an interval.',
    textLite: 'The vertex of the graph of f is V(1, 4). Give the range of f as an interval.',
    visionIntensive: 'V(1, 4) lies on the graph of f. Give the range of f as an interval.',
    visionDominant: 'Give the range of f as an interval.',
    draw(withConditions) {
      const sheet = new Sheet(320, 320);
      const plane = new CoordinatePlane(sheet, { x: [-4, 6], y: [-5, 5] });
      plane.curve(f);
      plane.point(1, 4, withConditions ? 'V(1, 4)' : 'V', [26, -12]);
      return sheet;
    },
  };
}

function interceptChoice(): MathverseProblem {
  const f = (x: number): number => (x + 1) * (x - 3);
  const points = [
    [-1, 0],
    [0, -3],
    [3, 0],
    [1, -4],
  ] as const;
  const byAxis = points.flatMap(([x, y], index) => (y === 0 && f(x) === y ? ['ABCD'.charAt(index)] : []));
  const [low, high] = [(2 - Math.sqrt(4 + 12)) / 2, (2 + Math.sqrt(4 + 12)) / 2];
  const byFormula = points.flatMap(([x, y], index) =>
    y === 0 && (x === low || x === high) ? ['ABCD'.charAt(index)] : [],
  );
  return {
    source: 'DrawnFunctions',
    subject: 'Functions',
    subfield: 'Coordinate',
    questionType: 'multi-choice',
    answer: agreed('zeros of the parabola', byAxis.join('\n'), byFormula.join('\n')),
    choices: points.map(([x, y], index) => `${'ABCD'.charAt(index)}:(${x},${y})`),
    textDominant:
      'The graph shown belongs to y = (x + 1)(x - 3). Which two of these points are its intersections with the x-axis?\nChoose 2 answers:',
    textLite: 'Which two of these points are intersections of y = (x + 1)(x - 3) with the x-axis?\nChoose 2 answers:',
    visionIntensive: 'Which two of these points are intersections of the graph with the x-axis?\nChoose 2 answers:',
    visionDominant: 'Which two of these points are intersections of the graph with the x-axis?\nChoose 2 answers:',
    draw(withConditions) {
      const sheet = new Sheet(320, 320);
      const plane = new CoordinatePlane(sheet, { x: [-4, 6], y: [-5, 5] });
      plane.curve(f);
      if (withConditions)
        sheet.text([240, 272], 'y = (x + 1)(x − 3)', { size: 9.5, halo: '#ffffff', colour: '#1f5fbf' });
      return sheet;
    },
  };
}

export const functionProblems = [parabolaRange(), interceptChoice()];
