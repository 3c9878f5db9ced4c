import { agreed } from '../agreed.ts';
import { Sheet } from '../drawing/sheet.ts';
import { barChart, lineChart } from '../figures/charts.ts';
import { at } from '../seeded-random.ts';
import type { DynamathSeed } from './dynamath-seed.ts';

/** Rainfall bars with their values; the gold keeps the binary fraction of a plain subtraction, as published golds do. */
export const rainDifference: DynamathSeed = {
  answerType: 'float',
  subject: 'statistics',
  level: 'elementary school',
  form: { kind: 'png' },
  variant(random) {
    const tenths = random.shuffled([
      random.between(21, 39),
      random.between(41, 59),
      random.between(61, 79),
      random.between(81, 99),
    ]);
    const values = tenths.map((tenth) => tenth / 10);
    const difference = Math.max(...values) - Math.min(...values);
    const sorted = [...tenths].sort((a, b) => a - b);
    agreed('rainfall', Math.round(difference * 1e6) / 1e6, (at(sorted, 3) - at(sorted, 0)) / 10);
    const sheet = new Sheet(380, 270);
    barChart(sheet, {
      title: 'Rain in four weeks',
      labels: ['week 1', 'week 2', 'week 3', 'week 4'],
      top: 10,
      step: 2,
      axis: 'cm',
      series: { rain: values },
      showValues: true,
    });
    return {
      question:
        'By how many centimetres of rain do the wettest and the driest week differ? Answer the question with a floating-point number.',
      answer: String(difference),
      sheet,
    };
  },
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The month with the largest step up from the month before. */
export const steepestMonth: DynamathSeed = {
  answerType: 'text',
  subject: 'statistics',
  level: 'high school',
  form: { kind: 'png-rgb' },
  variant(random) {
    const steepest = random.between(1, 11);
    const values: number[] = [random.between(20, 40)];
    for (let month = 1; month < 12; month++) {
      const before = at(values, month - 1);
      const step = month === steepest ? 35 : random.between(before > 45 ? -25 : -8, before > 60 ? 4 : 14);
      values.push(Math.min(100, Math.max(5, before + step)));
    }
    const rises = values.slice(1).map((value, index) => value - at(values, index));
    const best = rises.reduce((winner, rise, index) => (rise > at(rises, winner) ? index : winner), 0);
    const sheet = new Sheet(480, 280);
    lineChart(sheet, {
      title: 'Visitors of a museum, in hundreds',
      labels: months,
      top: 100,
      step: 20,
      series: { visitors: values },
    });
    return {
      question: 'In which month did the number of visitors rise most against the month before?',
      answer: agreed('steepest month', at(months, best + 1), at(months, steepest)),
      sheet,
    };
  },
};
