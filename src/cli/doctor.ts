import type { Command } from './command.ts';
import { dataOptions } from './question-options.ts';
import { resolveOptions } from './resolve-options.ts';

const options = [...dataOptions, 'runs-root', 'cache-root', 'vllm-command', 'server', 'json'] as const;

export const doctor: Command = {
  usage: 'doctor',
  describe: 'Check this machine: which commands will work here, and how to mend the others',
  options,
  async run(flags, terminal) {
    const { examineMachine } = await import('./examine-machine.ts');
    const settings = resolveOptions(options, flags, process.env);
    const findings = await examineMachine(settings);
    if (settings.json) terminal.print(JSON.stringify({ findings }));
    else {
      const width = Math.max(...findings.map(({ subject }) => subject.length));
      for (const { subject, state, detail, advice } of findings) {
        terminal.print(`${state.padEnd(7)}  ${subject.padEnd(width)}  ${detail}`);
        if (advice !== undefined) terminal.print(`${' '.repeat(width + 11)}→ ${advice}`);
      }
    }
    return findings.some(({ state }) => state === 'broken') ? 2 : 0;
  },
};
