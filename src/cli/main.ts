import yargs from 'yargs';
import { SynthrlError } from '../core/errors.ts';
import { programVersion } from '../core/package-root.ts';
import type { Command } from './command.ts';
import { registerCommand } from './register-command.ts';
import { reportError } from './report-error.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/** Loads a command when it is the one that was called, so that --help pays for none of them. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./demo.ts')).demo,
  'eval-all': async () => (await import('./eval-all.ts')).evalAll,
  eval: async () => (await import('./eval.ts')).evalOne,
  import: async () => (await import('./import.ts')).importFile,
  grade: async () => (await import('./grade.ts')).grade,
  gate: async () => (await import('./gate.ts')).gate,
  rate: async () => (await import('./rate.ts')).rate,
  compare: async () => (await import('./compare.ts')).compare,
  report: async () => (await import('./report.ts')).report,
  'serve-grader': async () => (await import('./serve-grader.ts')).serveGrader,
  data: async () => (await import('./data.ts')).data,
  doctor: async () => (await import('./doctor.ts')).doctor,
};

const simulateHelp = `synthrl simulate serve <model> [arguments of vllm serve]

The built-in stand-in for vLLM as a server: its start-up log, endpoints and error bodies, without a model.

  synthrl simulate serve my-model --port 8000           a server at http://localhost:8000/v1
  synthrl simulate serve my-model --port 8000 --api-key secret
  synthrl simulate serve --help=all                     every argument
  synthrl simulate --version

Its answers are made up. SYNTHRL_SIMULATOR_KEY names the answer key that eval-all --engine simulator writes for it.`;

/**
 * Runs one command line and resolves to the exit status.
 *
 * @param words - the command line without the program
 */
export async function main(words: readonly string[]): Promise<number> {
  const terminal = openTerminal(process.env);
  // The simulator takes the arguments of `vllm serve`, which are not ours to parse.
  if (words[0] === 'simulate') {
    const [, word] = words;
    if (word === undefined) {
      terminal.note(simulateHelp);
      return 2;
    }
    if (word === '--help' || word === '-h') {
      terminal.print(simulateHelp);
      return 0;
    }
    const { runSimulator } = await import('../simulator/simulate-command.ts');
    return runSimulator(words.slice(1), process.env);
  }
  try {
    return await dispatch(words, terminal);
  } catch (error) {
    return reportError(error, { json: words.includes('--json'), terminal });
  }
}

async function dispatch(words: readonly string[], terminal: Terminal): Promise<number> {
  let status = 0;
  const [word = ''] = words;
  const wanted = commands[word];
  const loaded = wanted ? [await wanted()] : await Promise.all(Object.values(commands).map((load) => load()));
  const parser = yargs([...words])
    .scriptName('synthrl')
    .usage('$0 <command>\n\nEvaluates every checkpoint of a training run, with error bars.')
    .version(programVersion)
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .command('simulate', 'The built-in stand-in for vLLM as a server; takes the arguments of vllm serve')
    .strict()
    .demandCommand(1, 'A command is needed; --help lists them.')
    .exitProcess(false)
    .parserConfiguration({
      'camel-case-expansion': false,
      'boolean-negation': false,
      // A run may be called 1e3.
      'parse-positional-numbers': false,
    })
    .fail((message, error) => {
      // yargs passes no error for mistakes in the command line, whatever its types say.
      throw (
        error ??
        new SynthrlError('USAGE', `${message}${message.endsWith('.') ? '' : '.'}`, {
          hint: helpHint(word, wanted !== undefined),
        })
      );
    });
  for (const command of loaded) {
    await registerCommand(parser, command, words.slice(1), async (called, flags) => {
      status = await called.run(flags, terminal);
    });
  }
  await parser.parseAsync();
  return status;
}

function helpHint(word: string, known: boolean): string {
  return `See \`synthrl ${known ? `${word} ` : ''}--help\`.`;
}
