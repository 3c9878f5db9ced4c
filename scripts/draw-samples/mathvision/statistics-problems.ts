import { agreed } from '../agreed.ts';
import { Sheet } from '../drawing/sheet.ts';
import { barChart, pieChart } from '../figures/charts.ts';
import { problem } from './mathvision-problem.ts';

function meanOfBars() {
  const values = [6, 9, 4, 11];
  const running = values.reduce((mean, value, index) => mean + (value - mean) / (index + 1), 0);
  const mean = agreed('mean of the bars', values.reduce((sum, value) => sum + value, 0) / values.length, running);
  const sheet = new Sheet(380, 270);
  barChart(sheet, {
    title: 'Goals of four teams',
    labels: ['Reds', 'Blues', 'Greens', 'Whites'],
    top: 12,
    step: 2,
    series: { goals: values },
  });
  return problem({
    subject: 'statistics',
    level: 2,
    question: 'How many goals did the four teams shoot on average?\n<image1>',
    answer: String(mean),
    sheet,
  });
}

function ratioOfSlices() {
  const slices = { bus: 45, bicycle: 30, car: 15, walking: 10 };
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const common = divisor(slices.bus, slices.bicycle);
  const searched = [1, 2, 3, 4, 5]
    .flatMap((a) => [1, 2, 3, 4, 5].map((b) => [a, b] as const))
    .find(([a, b]) => a * slices.bicycle === b * slices.bus) ?? [0, 0];
  const sheet = new Sheet(380, 300);
  pieChart(sheet, { title: 'How pupils come to school', slices });
  return problem({
    subject: 'statistics',
    level: 3,
    question: 'What is the ratio of pupils who come by bus to pupils who come by bicycle, in lowest terms?\n<image1>',
    answer: agreed('ratio', `${slices.bus / common}:${slices.bicycle / common}`, searched.join(':')),
    sheet,
  });
}

export const statisticsProblems = [meanOfBars(), ratioOfSlices()];
