import { agreed, letterOf } from '../agreed.ts';
import type { Point } from '../drawing/sheet.ts';
import { Sheet } from '../drawing/sheet.ts';
import type { Edge, Places } from '../figures/network.ts';
import { drawNetwork, neighbours } from '../figures/network.ts';
import type { MathvistaProblem } from './mathvista-problem.ts';
import { choiceText, problem } from './mathvista-problem.ts';

const textbook: Pick<MathvistaProblem, 'source' | 'category' | 'task' | 'context'> = {
  source: 'DrawnScience',
  category: 'math-targeted-vqa',
  task: 'textbook question answering',
  context: 'scientific figure',
};

function currentInCircuit() {
  const [volts, first, second] = [9, 6, 12];
  const current = agreed('current', volts / (first + second), 1 / (first / volts + second / volts));
  const sheet = new Sheet(360, 230);
  sheet
    .polyline(
      [
        [165, 190],
        [40, 190],
        [40, 50],
        [95, 50],
      ],
      { width: 2 },
    )
    .line([155, 50], [205, 50], { width: 2 });
  sheet.polyline(
    [
      [265, 50],
      [320, 50],
      [320, 190],
      [185, 190],
    ],
    { width: 2 },
  );
  sheet
    .rectangle([95, 38], 60, 24, { fill: '#f4e7c5', width: 2 })
    .rectangle([205, 38], 60, 24, { fill: '#f4e7c5', width: 2 });
  sheet.line([165, 170], [165, 210], { width: 2.4 }).line([185, 180], [185, 200], { width: 5 });
  sheet.text([125, 22], `${first} Ω`).text([235, 22], `${second} Ω`).text([175, 154], `${volts} V`);
  return problem({
    ...textbook,
    question: 'What is the current in the circuit, in ampere?',
    precision: 1,
    answer: current.toFixed(1),
    answerType: 'float',
    grade: 'college',
    skills: ['scientific', 'arithmetic', 'algebraic'],
    sheet,
  });
}

function foodWeb() {
  const eats = [
    ['frog', 'fly'],
    ['heron', 'frog'],
    ['heron', 'fish'],
    ['fish', 'algae'],
    ['fly', 'algae'],
  ] as const;
  const places: Readonly<Record<string, Point>> = {
    algae: [200, 215],
    fly: [90, 150],
    fish: [310, 140],
    frog: [90, 70],
    heron: [220, 35],
  };
  const choices = ['algae', 'fish', 'fly', 'heron'];
  const eaters = eats.flatMap(([eater, food]) => (food === 'frog' ? [eater] : []));
  const foods = (animal: string): string[] => eats.filter(([eater]) => eater === animal).map(([, food]) => food);
  const sheet = new Sheet(400, 250);
  for (const [eater, food] of eats) {
    const [from, to] = [places[food] ?? [0, 0], places[eater] ?? [0, 0]];
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
    sheet.arrow([from[0] + ux * 36, from[1] + uy * 22], [to[0] - ux * 38, to[1] - uy * 24], {
      width: 2,
      stroke: '#4f7a4a',
    });
  }
  for (const [name, point] of Object.entries(places))
    sheet.ellipse(point, 36, 18, { fill: '#e3f0dd' }).text(point, name, { size: 10 });
  return problem({
    ...textbook,
    question: 'The arrows lead from the food to its eater. Which of these eats the frog?',
    choices,
    answer: agreed(
      'food web',
      eaters.join(),
      choiceText(
        choices,
        letterOf(choices, (choice) => foods(choice).includes('frog')),
      ),
    ),
    answerType: 'text',
    grade: 'elementary school',
    skills: ['scientific', 'logical'],
    sheet,
  });
}

function degreesOfNodes() {
  const places: Places = { A: [50, 60], B: [190, 50], C: [120, 180], D: [280, 160], E: [360, 60] };
  const edges: Edge[] = [
    ['A', 'B'],
    ['A', 'C'],
    ['B', 'C'],
    ['B', 'D'],
    ['C', 'D'],
    ['D', 'E'],
  ];
  const byCount = Object.keys(places).map((name) => edges.flat().filter((end) => end === name).length);
  const byNeighbours = [...neighbours(places, edges).values()].map((others) => others.size);
  const sheet = new Sheet(410, 230);
  drawNetwork(sheet, places, edges, '#dfe6f7');
  return problem({
    ...textbook,
    question:
      'The degree of a vertex is the number of its edges. Give the degrees of A, B, C, D and E as a list in this order.',
    answer: agreed('degrees', `[${byCount.join(', ')}]`, `[${byNeighbours.join(', ')}]`),
    answerType: 'list',
    grade: 'college',
    skills: ['scientific', 'logical', 'arithmetic'],
    sheet,
  });
}

function heartBeats() {
  const beats = 7;
  const sheet = new Sheet(440, 170, '#fff6f5');
  for (let x = 20; x <= 420; x += 10)
    sheet.line([x, 30], [x, 140], { stroke: x % 50 === 20 ? '#efb0aa' : '#f8dcd9', width: 1 });
  for (let y = 30; y <= 140; y += 10) sheet.line([20, y], [420, y], { stroke: '#f8dcd9', width: 1 });
  const trace: Point[] = [[20, 100]];
  for (let beat = 0; beat < beats; beat++) {
    const x = 30 + beat * 56;
    trace.push(
      [x, 100],
      [x + 6, 92],
      [x + 12, 100],
      [x + 18, 100],
      [x + 21, 106],
      [x + 25, 44],
      [x + 29, 118],
      [x + 33, 100],
      [x + 42, 90],
      [x + 50, 100],
    );
  }
  sheet.polyline([...trace, [420, 100]], { width: 1.8 });
  const peaks = trace.filter(([, y]) => y === 44).length;
  return problem({
    source: 'DrawnScience',
    category: 'general-vqa',
    task: 'visual question answering',
    context: 'medical image',
    question: 'How many heart beats, seen as tall spikes, does the strip show?',
    answer: String(agreed('heart beats', beats, peaks)),
    answerType: 'integer',
    grade: 'college',
    skills: ['numeric commonsense', 'scientific'],
    sheet,
  });
}

export const scienceProblems = [currentInCircuit(), foodWeb(), degreesOfNodes(), heartBeats()];
