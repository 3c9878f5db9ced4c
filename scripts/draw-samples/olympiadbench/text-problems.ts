import { agreed } from '../agreed.ts';
import type { OlympiadbenchProblem } from './olympiadbench-problem.ts';

const maths = { source: 'OE_TO_maths_en_COMP', sheets: [] } as const;
const physics = { source: 'OE_TO_physics_en_COMP', subject: 'Mechanics', sheets: [] } as const;

function pairsOfSum(total: number): string {
  const pairs: string[] = [];
  for (let first = 1; first < total - first; first += 1) pairs.push(`(${first},${total - first})`);
  return pairs.join(',');
}

function rootsOf(sum: number, product: number): string {
  const spread = Math.sqrt(sum * sum - 4 * product);
  const roots = [(sum - spread) / 2, (sum + spread) / 2];
  agreed('product of the roots', (roots[0] ?? 0) * (roots[1] ?? 0), product);
  return roots.join(', ');
}

const fallTime = agreed('fall from 20 m', Math.sqrt((2 * 20) / 10), 2);

export const textProblems: readonly OlympiadbenchProblem[] = [
  {
    ...maths,
    subject: 'Algebra',
    question: 'Let $a$ be the largest number with $a^{2} \\leq a / 2$. Determine $a$.',
    answer: '$\\frac{1}{2}$',
    answer_type: 'Numerical',
  },
  {
    ...maths,
    subject: 'Algebra',
    question: 'Determine all real numbers $x$ with $x^{2}+x-6=0$.',
    answer: `$${rootsOf(-1, -6)}$`,
    answer_type: 'Numerical',
    is_multiple_answer: true,
    unit: null,
    error: null,
  },
  {
    ...maths,
    subject: 'Number Theory',
    question: 'Find all pairs $(m, n)$ of positive whole numbers with $m<n$ and $m+n=7$.',
    answer: `$${pairsOfSum(7)}$`,
    answer_type: 'Tuple',
    is_multiple_answer: true,
    unit: null,
    error: null,
  },
  {
    ...maths,
    subject: 'Algebra',
    question: 'For which real $x$ is $x^{2}<4$? Give an interval.',
    answer: '$(-2,2)$',
    answer_type: 'Interval',
  },
  {
    ...maths,
    subject: 'Algebra',
    question: 'A line goes through $(0,1)$ and $(1,3)$. Give an equation of it.',
    answer: `$y=${agreed('slope', 3 - 1, 2)} x+1$`,
    answer_type: 'Equation',
  },
  {
    ...maths,
    subject: 'Geometry',
    question: 'Two circles with the radii $a>b$ have one centre. Express the area between them.',
    answer: '$\\pi\\left(a^{2}-b^{2}\\right)$',
    answer_type: 'Expression',
  },
  {
    ...maths,
    subject: 'Algebra',
    question: 'Find all real numbers $x$ with $x^{2}=9$.',
    answer: '$\\pm 3$',
    answer_type: 'Numerical',
    is_multiple_answer: true,
  },
  {
    ...physics,
    context: 'A stone falls from rest. Air does not resist, and $g=10 \\mathrm{~m} / \\mathrm{s}^{2}$.',
    question: 'How long does it take to fall $20 \\mathrm{~m}$?',
    answer: `$${fallTime}$`,
    answer_type: 'Numerical',
    is_multiple_answer: false,
    unit: '$\\mathrm{s}$',
    error: null,
  },
  {
    ...physics,
    context: 'A stone falls from rest through $5 \\mathrm{~m}$, with $g=9.8 \\mathrm{~m} / \\mathrm{s}^{2}$.',
    question: 'How fast is it then?',
    answer: `$${agreed('speed', Math.round(Math.sqrt(2 * 9.8 * 5) * 10) / 10, 9.9)}$`,
    answer_type: 'Numerical',
    is_multiple_answer: false,
    unit: '$\\mathrm{~m} / \\mathrm{s}$',
    error: '0.1',
  },
  {
    ...physics,
    question:
      'A car goes $60 \\mathrm{~km}$ in $45$ minutes, then rests for $15$ minutes. Give its average speed while it moves, and over the whole hour.',
    answer: `$${60 / 0.75}, ${agreed('whole hour', 60 / 1, (60 / 0.75) * 0.75)}$`,
    answer_type: 'Numerical',
    is_multiple_answer: true,
    unit: '$\\mathrm{km} / \\mathrm{h}$',
    error: ',0.5',
  },
  {
    source: 'OE_TO_maths_zh_CEE',
    subject: '代数',
    question: '已知 $2x+1=11$，求 $x$ 的值。',
    answer: `$${agreed('x', (11 - 1) / 2, 5)}$`,
    answer_type: 'Numerical',
    is_multiple_answer: false,
    unit: null,
    error: null,
    sheets: [],
  },
];
