import type { Command } from './command.ts';

/** What people do with data before they ask anything. */
export const data: Command = {
  usage: 'data',
  describe: 'The benchmarks’ data on this disk',
  options: [],
  subcommands: {
    fetch: async () => (await import('./data-fetch.ts')).dataFetch,
  },
  run: async () => 2,
};
