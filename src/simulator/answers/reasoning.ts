import type { Draws } from './draws.ts';

/** Median length of a line of thought in tokens, and the spread of its logarithm. */
const medianTokens = 130;
const logSpread = 0.55;
/** Longest line of thought in tokens, so that only the answers that are meant to be cut are cut at usual limits. */
const mostTokens = 1100;

const openings = [
  'Let me look at the figure first and note what is given.',
  'The task gives a picture and asks for one value, so the labels matter most here.',
  'First I read off what the figure shows.',
  'To begin, I list the known quantities.',
  'We need to find out which relation connects the given parts.',
];

/** `#` stands for a number drawn anew. None of these phrases states a final answer. */
const steps = [
  'One of the marked parts seems to be #, and next to it I see #.',
  'From the labels, # and # belong together.',
  'Adding # to # gives a total to compare with the drawing.',
  'If I call the unknown x, then the relation becomes x + # = y.',
  'Wait, that would not fit with the picture, so let me check it once more.',
  'The ratio between the two sides stays the same, which helps.',
  'By symmetry, the left half and the right half agree.',
  'Dividing by # keeps the proportion.',
  'The two triangles share an angle, so they are similar.',
  'Counting row by row, I get # in the first row and # in the second.',
  'The axis is marked in steps of #, so the point lies between two marks.',
  'Using the Pythagorean theorem with # and # is one way to go on.',
  'Substituting back, the left side matches the right side.',
  'Hmm, maybe I should consider the other case as well.',
  'The other case leads to a negative length, so it drops out.',
  'The angles in the triangle add up to 180 degrees.',
  'This is consistent with the value # on the scale.',
  'Now I simplify the expression step by step.',
  'I compare this with each of the possibilities and rule out those that do not fit.',
  'The slope between the two points is what the question is about.',
];

const closings = [
  'Everything fits together now.',
  'That settles it.',
  'I checked the computation twice and it holds.',
  'So I am done with the computation.',
];

/** A line of thought of log-normal length that leads to no stated value. */
export function reasoning(draws: Draws): string {
  const length = Math.min(mostTokens, medianTokens * Math.exp(logSpread * draws.normal()));
  const sentences = [draws.pick(openings)];
  // A sentence of these comes to about 15 tokens.
  for (let tokens = 30; tokens < length; tokens += 15) sentences.push(step(draws));
  sentences.push(draws.pick(closings));
  return sentences.join(' ');
}

function step(draws: Draws): string {
  return draws.pick(steps).replaceAll('#', () => String(draws.integer(1, 96)));
}

/** A line of thought that comes to no end within `tokens` tokens. */
export function endlessReasoning(draws: Draws, tokens: number): string {
  const sentences = [draws.pick(openings)];
  for (let written = 15; written < tokens + 30; written += 8) sentences.push(step(draws));
  return sentences.join(' ');
}

/** One sentence over and over, for at least `tokens` tokens. */
export function repetition(draws: Draws, tokens: number): string {
  const sentence = `${draws.pick(openings)} ${step(draws)} `;
  return sentence.repeat(Math.ceil(tokens / 8));
}
