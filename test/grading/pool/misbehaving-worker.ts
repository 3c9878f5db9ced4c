import { appendFileSync } from 'node:fs';
import { answerBatches } from '../../../src/grading/pool/answer-batches.ts';

/** A worker that does what a response says, where that is something no grader should do; others it repeats. */
await answerBatches((settings) => {
  const { diary, failLoading } = (settings ?? {}) as { diary?: string; failLoading?: boolean };
  if (failLoading) throw new Error('this worker cannot load');
  return (problem, text) => {
    if (diary !== undefined) appendFileSync(diary, `${problem.id} ${text}\n`);
    switch (text) {
      case 'loop':
        for (;;);
      case 'regex':
        /^(a+)+$/.test(`${'a'.repeat(60)}b`);
        break;
      case 'memory': {
        const held: object[] = [];
        for (;;) held.push({ held: new Array(100).fill(held.length) });
      }
      case 'exit':
        process.exit(1);
        break;
      case 'throw':
        throw new Error('thrown over a response');
    }
    return { verdict: 'undecided', rule: `${problem.id} says ${text}`, extracted: null };
  };
});
