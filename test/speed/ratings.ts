import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { battlesToCsv } from '../../src/difficulty/files/battles-csv.ts';
import { type Battle, battleTable } from '../../src/difficulty/ratings/battle-table.ts';
import { bootstrapStrengths } from '../../src/difficulty/ratings/bootstrap-strengths.ts';
import { fitStrengths } from '../../src/difficulty/ratings/fit-strengths.ts';
import { standardErrors } from '../../src/difficulty/ratings/standard-errors.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { drawTruth, simulateBattles } from '../difficulty/ratings/simulate-battles.ts';

interface Row {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  readonly n: number;
}

const command = join(import.meta.dirname, '../../dist/src/cli.js');
/** Has a process say at its end how much memory it took at most, in KiB. */
const tellMemory = 'data:text/javascript,process.on("exit",()=>console.error("peak",process.resourceUsage().maxRSS))';

/** Sets with 32 opponents a problem: each part of rating them, and the built command with 100 bootstrap rounds. */
export function measureRatings(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'synthrl-speed-ratings-'));
  try {
    return [100, 500, 3040].flatMap((problems) => measureSet(problems, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureSet(problems: number, folder: string): Row[] {
  const random = createRandom(`ratings ${problems}`);
  const truth = drawTruth(problems, 150, random);
  const battles = simulateBattles({ truth, opponents: 32, random, ties: 0.05, coins: 0.1 });
  const options = { prior: 0.01, ties: 'half', position: false } as const;
  const table = battleTable(battles);
  const rows: Row[] = [];
  const timed = <Value>(what: string, work: () => Value): Value => {
    const from = performance.now();
    const value = work();
    const seconds = (performance.now() - from) / 1000;
    rows.push({ measure: `ratings: ${problems} x 32, ${what}`, value: seconds, unit: 's', n: battles.length });
    return value;
  };
  const fit = timed('one fit', () => fitStrengths(table, options));
  timed('standard errors', () => standardErrors(table, fit, options));
  timed('100 bootstrap rounds', () => bootstrapStrengths(table, fit, { ...options, rounds: 100, seed: '0' }));
  const peak = timed('synthrl rate --battles --bootstrap 100', () => peakOfCommand(battles, folder));
  rows.push({ measure: `ratings: ${problems} x 32, its peak memory`, value: peak, unit: 'MB', n: battles.length });
  return rows;
}

/** Runs the built command over the battles. */
function peakOfCommand(battles: readonly Battle[], folder: string): number {
  const file = join(folder, 'battles.csv');
  writeFileSync(file, battlesToCsv(battles));
  const words = ['rate', '--battles', file, '--out', folder, '--bootstrap', '100'];
  const { stderr } = spawnSync(process.execPath, ['--import', tellMemory, command, ...words], { encoding: 'utf8' });
  return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024;
}
