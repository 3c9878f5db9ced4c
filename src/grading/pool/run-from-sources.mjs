// Runs a worker's entry from its TypeScript source, where the program itself is run so. Node 20 hands `--import` on to no worker.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.entry);
