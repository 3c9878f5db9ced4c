import { resolve } from 'node:path';
import { SynthrlError } from '../core/errors.ts';
import type { Command } from './command.ts';
import { dataOptions } from './question-options.ts';
import { resolveOptions } from './resolve-options.ts';

const options = [
  ...dataOptions,
  'ratings',
  'runs-root',
  'checkpoint',
  'baseline',
  'baseline-checkpoint',
  'rules',
  'grades',
  'plan',
  'junit',
  'markdown',
  'json',
] as const;

const exitStatus = { pass: 0, regression: 4, 'cannot decide': 5 } as const;

export const gate: Command = {
  usage: 'gate <run>',
  describe: 'Hold a checkpoint against a baseline: 0 it may pass, 4 it is worse, 5 the data cannot tell',
  options,
  async run(flags, terminal) {
    const settings = resolveOptions(options, flags, process.env);
    const { baseline } = settings;
    if (baseline === undefined) {
      throw new SynthrlError('USAGE', 'A gate needs --baseline: a checkpoint of the run, or another run.', {
        hint: `For example \`synthrl gate ${String(flags['run'])} --baseline global_step_0\`.`,
      });
    }
    const { chooseSides } = await import('./gate-sides.ts');
    const { readRules } = await import('./gate-rules.ts');
    const { evaluateGate } = await import('../analysis/gate/evaluate-gate.ts');
    const { planGate } = await import('../analysis/gate/plan-gate.ts');
    const { gateTable, planTable } = await import('../reports/gate-table.ts');
    const { writeGateFiles } = await import('./gate-files.ts');
    const rules = readRules(settings.rules);
    const sides = await chooseSides(String(flags['run']), { ...settings, baseline });
    for (const note of sides.notes) terminal.note(note);
    const { newer, older, benchmarks, simulated } = sides;
    const identity = {
      run: newer.run,
      checkpoint: newer.checkpoint,
      baseline: older,
      mode: sides.mode,
      grader: sides.grader,
      simulated,
    };
    if (settings.plan) {
      const plan = planGate(rules, benchmarks);
      if (settings.json) terminal.print(JSON.stringify({ ...identity, ...plan, notes: sides.notes }));
      else terminal.print(planTable(plan, { ...identity, width: terminal.width }));
      return 0;
    }
    const result = evaluateGate(rules, benchmarks);
    const report = { ...identity, ...result, notes: sides.notes };
    writeGateFiles(report, {
      junit: settings.junit === undefined ? undefined : resolve(settings.junit),
      markdown: settings.markdown === undefined ? undefined : resolve(settings.markdown),
    });
    terminal.print(
      settings.json ? JSON.stringify(report) : gateTable(report, { colour: terminal.colour, width: terminal.width }),
    );
    return exitStatus[result.decision];
  },
};
