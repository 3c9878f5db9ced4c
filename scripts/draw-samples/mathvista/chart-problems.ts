import { agreed } from '../agreed.ts';
import { Sheet } from '../drawing/sheet.ts';
import { barChart, lineChart, pieChart } from '../figures/charts.ts';
import { at } from '../seeded-random.ts';
import { chartProblem } from './mathvista-problem.ts';

function booksLent() {
  const months = ['Jan', 'Feb', 'Mar', 'Apr'];
  const lent = [40, 55, 85, 70];
  const steps = lent.slice(1, 3).reduce((sum, value, index) => sum + value - at(lent, index), 0);
  const sheet = new Sheet(400, 280);
  barChart(sheet, {
    title: 'Books lent by a library',
    labels: months,
    top: 100,
    step: 20,
    axis: 'books',
    series: { books: lent },
    showValues: true,
  });
  return chartProblem({
    question: 'How many more books did the library lend in March than in January?',
    answer: String(agreed('books', at(lent, months.indexOf('Mar')) - at(lent, months.indexOf('Jan')), steps)),
    answerType: 'integer',
    context: 'bar chart',
    skills: ['arithmetic', 'statistical'],
    sheet,
  });
}

function oakAndPine() {
  const trees: Readonly<Record<string, number>> = { oak: 12, birch: 18, pine: 15, beech: 9 };
  const values = Object.values(trees);
  const sheet = new Sheet(400, 270);
  barChart(sheet, {
    title: 'Trees in the park',
    labels: Object.keys(trees),
    top: 20,
    step: 5,
    series: { trees: values },
  });
  const less = (trees['oak'] ?? 0) < (trees['pine'] ?? 0) ? 'yes' : 'no';
  return chartProblem({
    question: '图中 oak 的数量是否少于 pine 的数量？',
    choices: ['yes', 'no'],
    answer: agreed('oak and pine', less, at(values, 2) - at(values, 0) > 0 ? 'yes' : 'no'),
    answerType: 'text',
    language: 'chinese',
    context: 'bar chart',
    skills: ['statistical'],
    sheet,
  });
}

function averageTemperature() {
  const values = [9, 12, 14, 11, 17];
  const tenths = (values.reduce((sum, value) => sum + value, 0) * 10) / values.length;
  const sheet = new Sheet(400, 270);
  lineChart(sheet, {
    title: 'Noon temperature in °C',
    labels: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
    top: 20,
    step: 2,
    series: { noon: values },
  });
  const running = values.reduce((mean, value, index) => mean + (value - mean) / (index + 1), 0);
  return chartProblem({
    question: 'What was the average noon temperature of the five days?',
    precision: 1,
    answer: agreed('temperature', tenths / 10, running).toFixed(1),
    answerType: 'float',
    context: 'line plot',
    skills: ['arithmetic', 'statistical'],
    sheet,
  });
}

function yearsAboveThirty() {
  const years = [2016, 2017, 2018, 2019, 2020, 2021];
  const sold = [20, 35, 25, 30, 40, 15];
  const byFilter = years.filter((_, index) => at(sold, index) > 30);
  const bySort = [...sold]
    .sort((a, b) => b - a)
    .filter((value) => value > 30)
    .map((value) => at(years, sold.indexOf(value)))
    .sort((a, b) => a - b);
  const sheet = new Sheet(420, 280);
  lineChart(sheet, { title: 'Boats sold', labels: years.map(String), top: 45, step: 5, series: { boats: sold } });
  return chartProblem({
    question: 'In which years were more than 30 boats sold? List the years in ascending order.',
    answer: agreed('years', `[${byFilter.join(', ')}]`, `[${bySort.join(', ')}]`),
    answerType: 'list',
    context: 'line plot',
    skills: ['statistical', 'logical'],
    sheet,
  });
}

function shareOfTwoSlices() {
  const slices = { rent: 40, food: 25, travel: 20, rest: 15 };
  const fromRest = (100 - slices.rent - slices.rest) / 100;
  const sheet = new Sheet(380, 300);
  pieChart(sheet, { title: 'Where the money goes', slices });
  return chartProblem({
    question: 'Which fraction of the money goes to food and travel together, as a decimal number?',
    precision: 2,
    answer: agreed('share', (slices.food + slices.travel) / 100, fromRest).toFixed(2),
    answerType: 'float',
    context: 'pie chart',
    skills: ['arithmetic', 'statistical'],
    sheet,
  });
}

export const chartProblems = [booksLent(), oakAndPine(), averageTemperature(), yearsAboveThirty(), shareOfTwoSlices()];
