import type { Command } from './command.ts';

/** What people do with data before they ask anything. */
export const data: Command = {
  usage: 'data',
  describe: 'The benchmarks’ data on this disk',
  options: [],
  subcommands: {
    check: async () => (await import('./data-check.ts')).dataCheck,
    fetch: async () => (await import('./data-fetch.ts')).dataFetch,
  },
  run: async () => 2,
};
