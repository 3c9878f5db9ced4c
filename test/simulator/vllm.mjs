// Stands where a `vllm` program would: runs the simulator from source with the arguments it is given.
import { runSimulator } from '../../src/simulator/simulate-command.ts';

process.exitCode = await runSimulator(process.argv.slice(2), process.env);
