import { readFileSync } from 'node:fs';
import type { AnswerPolicy, Problem } from '../../../src/core/problem.ts';
import { sharedPath } from '../../shared-data.ts';
import { problemWith } from '../problem-with.ts';

interface MathVistaRow {
  readonly pid: string;
  readonly choices: readonly string[] | null;
  readonly answer: string;
  readonly question_type: string;
  readonly answer_type: string;
  readonly precision: number | null;
}

export function readRows<Row>(...path: string[]): Row[] {
  const lines = readFileSync(sharedPath(...path), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as Row);
}

export function mathVisionProblems(): ReadonlyMap<string, Problem> {
  const rows = readRows<{ id: string; options: string[]; answer: string }>('data', 'mathvision', 'test.jsonl');
  return new Map(
    rows.map(({ id, options, answer }) => {
      const policy: AnswerPolicy = options.length > 0 ? { type: 'choice', letters: [answer] } : { type: 'free' };
      return [id, { ...problemWith({ id, answer, choices: options, policy }), benchmark: 'mathvision' }];
    }),
  );
}

export function mathVistaProblems(): ReadonlyMap<string, Problem> {
  const rows = JSON.parse(readFileSync(sharedPath('data', 'mathvista', 'testmini.json'), 'utf8')) as Record<
    string,
    MathVistaRow
  >;
  return new Map(
    Object.values(rows).map((row) => {
      const { pid, choices, answer } = row;
      const given = problemWith({ id: pid, answer, choices: choices ?? [], policy: mathVistaPolicy(row) });
      return [pid, { ...given, benchmark: 'mathvista' }];
    }),
  );
}

function mathVistaPolicy(row: MathVistaRow): AnswerPolicy {
  if (row.question_type === 'multi_choice') return { type: 'choice', letters: [] };
  if (row.answer_type === 'integer') return { type: 'number', integer: true };
  if (row.answer_type === 'float') return { type: 'number', decimals: row.precision ?? 0 };
  return row.answer_type === 'list' ? { type: 'list' } : { type: 'text' };
}
