import { statSync } from 'node:fs';
import { readDelimited } from '../../core/delimited-text.ts';
import { SynthrlError } from '../../core/errors.ts';
import type { Battle } from '../ratings/battle-table.ts';
import { csvField } from './ratings-csv.ts';

const columns = ['sample_a_id', 'sample_b_id', 'winner'] as const;

const winners: Readonly<Record<string, Battle['winner']>> = { sample_a: 'first', sample_b: 'second', tie: 'tie' };
const winnerNames: Readonly<Record<Battle['winner'], string>> = { first: 'sample_a', second: 'sample_b', tie: 'tie' };

/** Battles of a file, with what people should know of it. */
export interface ReadBattles {
  readonly battles: readonly Battle[];
  /** Rows that say exactly what an earlier row says. Each counts as a battle: the same two may have met again. */
  readonly repeated: number;
}

/**
 * Reads SynthRL's `battles.csv`: `sample_a_id,sample_b_id,winner` with the winner `sample_a`, `sample_b` or `tie`. Ids are
 * texts, other columns are passed over. Which of the two the judge saw first is not in this file.
 *
 * @throws {SynthrlError} `BATTLES_INVALID` with file and line: another header, an empty id, a problem against itself,
 * another winner, or no rows at all
 */
export async function readBattlesCsv(path: string): Promise<ReadBattles> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new SynthrlError('BATTLES_INVALID', `There is no file ${path}.`, {
      hint: 'Name a battles.csv with --battles.',
    });
  }
  const battles: Battle[] = [];
  const seen = new Set<string>();
  let repeated = 0;
  for await (const { value, where } of readDelimited(path, ',', 'BATTLES_INVALID')) {
    const battle = battleOf(value, where);
    const text = JSON.stringify([battle.first, battle.second, battle.winner]);
    if (seen.has(text)) repeated += 1;
    seen.add(text);
    battles.push(battle);
  }
  if (battles.length > 0) return { battles, repeated };
  throw new SynthrlError('BATTLES_INVALID', `${path} holds no battles.`, { hint: expected });
}

const expected = `A file of battles begins with ${columns.join(',')} and has a row for each.`;

function battleOf(row: Readonly<Record<string, string | undefined>>, where: string): Battle {
  const absent = columns.find((name) => row[name] === undefined);
  if (absent !== undefined)
    throw new SynthrlError('BATTLES_INVALID', `${where} has no column ${absent}.`, { hint: expected });
  const [first = '', second = '', winner = ''] = columns.map((name) => row[name]);
  const outcome = Object.hasOwn(winners, winner) ? winners[winner] : undefined;
  if (first === '' || second === '') throw new SynthrlError('BATTLES_INVALID', `${where} has an empty id.`);
  if (first === second) {
    throw new SynthrlError('BATTLES_INVALID', `${where} lets ${first} fight itself.`, { hint: 'Remove the row.' });
  }
  if (outcome !== undefined) return { first, second, winner: outcome };
  throw new SynthrlError('BATTLES_INVALID', `${where} has the winner \`${winner.slice(0, 50)}\`.`, {
    hint: 'A winner is sample_a, sample_b or tie. A reply that could not be read is no battle: remove the row.',
  });
}

/** Battles as the original writes them, the problem that was shown first as sample_a. */
export function battlesToCsv(battles: readonly Battle[]): string {
  const lines = battles.map(({ first, second, winner }) =>
    [csvField(first), csvField(second), winnerNames[winner]].join(','),
  );
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}
