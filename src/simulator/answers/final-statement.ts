import type { Draws } from './draws.ts';
import { isBalanced } from './gold-value.ts';

/** A value ready to be stated: `latex` for inside \boxed{…} and formulas, `plain` for a sentence. */
export interface Statement {
  readonly plain: string;
  readonly latex: string;
}

/** Shares of the ways in which models end an answer; most RL checkpoints of this kind box it, as they were told to. */
const styles: readonly { readonly share: number; readonly say: (statement: Statement, draws: Draws) => string }[] = [
  { share: 0.78, say: boxed },
  { share: 0.13, say: sentence },
  { share: 0.06, say: bold },
  { share: 0.03, say: bare },
];

/** The closing words of a response. */
export function finalStatement(statement: Statement, draws: Draws): string {
  // A box around braces that never close would hold the rest of the response.
  if (!isBalanced(statement.latex)) return sentence(statement, draws);
  let roll = draws.uniform();
  for (const { share, say } of styles) {
    if (roll < share) return say(statement, draws);
    roll -= share;
  }
  return boxed(statement, draws);
}

function boxed({ latex }: Statement, draws: Draws): string {
  const box = `\\boxed{${latex}}`;
  return draws.pick([
    box,
    `$${box}$`,
    `\\[\n${box}\n\\]`,
    `\\(${box}\\)`,
    `The final answer is $${box}$.`,
    `Therefore, the answer is ${box}.`,
    `**Final Answer:** ${box}`,
    `So the answer is \\(${box}\\).`,
  ]);
}

function sentence({ plain }: Statement, draws: Draws): string {
  return draws.pick([
    `The answer is ${plain}.`,
    `Therefore, the answer is ${plain}.`,
    `So the correct answer is: ${plain}`,
    `Final answer: ${plain}`,
    `Answer: ${plain}`,
  ]);
}

function bold({ plain }: Statement, draws: Draws): string {
  return draws.pick([`**Answer: ${plain}**`, `The answer is **${plain}**.`, `**Answer:** ${plain}`]);
}

/** A line of its own; a phrase would not be known for an answer there. */
function bare(statement: Statement, draws: Draws): string {
  return statement.plain.length > 24 ? boxed(statement, draws) : `Putting this together:\n\n${statement.plain}`;
}
