// npm links the bin into place on install but leaves its mode to us; tsc writes it without the executable bit.
import { chmodSync } from 'node:fs';

chmodSync(new URL('../dist/src/cli.js', import.meta.url), 0o755);
