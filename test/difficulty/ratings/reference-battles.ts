import { readFileSync } from 'node:fs';
import type { Battle } from '../../../src/difficulty/ratings/battle-table.ts';
import { sharedPath } from '../../shared-data.ts';

const winners: Record<string, Battle['winner']> = { sample_a: 'first', sample_b: 'second', tie: 'tie' };

export function battleOf([first = '', second = '', winner = '']: readonly string[]): Battle {
  return { first, second, winner: winners[winner] as Battle['winner'] };
}

export function referenceRows(name: string): string[][] {
  const [, ...lines] = readFileSync(sharedPath('corpus', name), 'utf8').trim().split('\n');
  return lines.map((line) => line.split(','));
}
