import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { benchmarks as registry } from '../../benchmarks/index.ts';
import { errorMessage, SynthrlError } from '../core/errors.ts';
import { programVersion } from '../core/package-root.ts';
import { findProgram } from '../serving/find-program.ts';
import { probeEndpoint } from '../serving/probe-endpoint.ts';
import { detectGpus } from '../serving/slots.ts';
import { serverAddresses } from './build-serving.ts';
import { loadSelections } from './load-question.ts';
import type { Settings } from './options.ts';
import { splitCommand } from './split-command.ts';

/** One thing that was looked at. `missing` is no fault: something else may be used instead. */
export interface Finding {
  readonly subject: string;
  readonly state: 'ok' | 'missing' | 'broken';
  readonly detail: string;
  /** What to do about it. */
  readonly advice?: string;
}

type DoctorSettings = Settings<'data-root' | 'data' | 'runs-root' | 'cache-root' | 'vllm-command' | 'server'>;

const leastFreeBytes = 2 * 1024 ** 3;

/** Looks at everything that an evaluation needs; changes nothing. */
export async function examineMachine(settings: DoctorSettings): Promise<Finding[]> {
  const findings: Finding[] = [
    { subject: 'synthrl', state: 'ok', detail: `${programVersion} on Node ${process.version}` },
  ];
  findings.push(await examineGpus(), examineEngine(settings['vllm-command'] ?? 'vllm'));
  findings.push(await examineImages(), await examineCharts());
  for (const root of ['runs-root', 'cache-root'] as const) findings.push(examineFolder(root, resolve(settings[root])));
  for (const { name, onlyWhenNamed } of registry) {
    const finding = await examineData(name, settings);
    // What is asked only where it is named is missed by nobody else.
    if (finding.state !== 'missing' || onlyWhenNamed !== true) findings.push(finding);
  }
  for (const url of settings.server === undefined ? [] : serverAddresses(settings.server))
    findings.push(await examineServer(url));
  return findings;
}

async function examineGpus(): Promise<Finding> {
  const gpus = await detectGpus();
  if (gpus !== undefined && gpus.length > 0)
    return { subject: 'gpus', state: 'ok', detail: `${gpus.length} (${gpus.join(', ')})` };
  const detail = gpus === undefined ? 'nvidia-smi was not found' : 'nvidia-smi lists none';
  return {
    subject: 'gpus',
    state: 'missing',
    detail,
    advice: 'Use --server for an endpoint, or --engine simulator to try the program.',
  };
}

function examineEngine(command: string): Finding {
  const [program = 'vllm'] = splitCommand(command);
  try {
    findProgram(program, process.env['PATH'] ?? '');
    return { subject: 'engine', state: 'ok', detail: `${program} is installed` };
  } catch (error) {
    return asFinding('engine', 'missing', error);
  }
}

async function examineImages(): Promise<Finding> {
  try {
    const { default: sharp } = await import('sharp');
    return { subject: 'images', state: 'ok', detail: `sharp with libvips ${sharp.versions.vips}` };
  } catch (error) {
    return {
      subject: 'images',
      state: 'broken',
      detail: errorMessage(error),
      advice: 'Run npm ci again on this machine.',
    };
  }
}

async function examineCharts(): Promise<Finding> {
  try {
    await import('../reports/chart.ts');
    return { subject: 'charts', state: 'ok', detail: 'the canvas loads' };
  } catch (error) {
    return {
      subject: 'charts',
      state: 'broken',
      detail: errorMessage(error),
      advice: 'Run npm ci again on this machine.',
    };
  }
}

/** The folder, or the nearest one above it that exists, must be writable and have room. */
function examineFolder(subject: string, folder: string): Finding {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
  } catch {
    return {
      subject,
      state: 'broken',
      detail: `${existing} cannot be written`,
      advice: `Name another folder with --${subject}.`,
    };
  }
  const { bavail, bsize } = statfsSync(existing);
  const free = `${((Number(bavail) * Number(bsize)) / 1024 ** 3).toFixed(1)} GiB free at ${folder}`;
  if (Number(bavail) * Number(bsize) >= leastFreeBytes) return { subject, state: 'ok', detail: free };
  return {
    subject,
    state: 'broken',
    detail: free,
    advice: `Free some space or name another folder with --${subject}.`,
  };
}

async function examineData(name: string, settings: DoctorSettings): Promise<Finding> {
  const subject = `data ${name}`;
  try {
    const [loaded] = await loadSelections(name, settings, { requireImages: true });
    return { subject, state: 'ok', detail: `${loaded?.problems.length ?? 0} problems (${loaded?.selection ?? ''})` };
  } catch (error) {
    const missing = error instanceof SynthrlError && error.code === 'DATA_NOT_FOUND';
    return asFinding(subject, missing ? 'missing' : 'broken', error);
  }
}

async function examineServer(url: string): Promise<Finding> {
  const apiKey = process.env['OPENAI_API_KEY'];
  try {
    const probe = await probeEndpoint({ url, ...(apiKey ? { apiKey } : {}) });
    return { subject: 'server', state: 'ok', detail: `${url} serves ${probe.model} (${probe.version})` };
  } catch (error) {
    return asFinding('server', 'broken', error);
  }
}

/** A coded failure as a finding; anything else is a bug and thrown on. */
function asFinding(subject: string, state: Finding['state'], error: unknown): Finding {
  if (!(error instanceof SynthrlError)) throw error;
  return { subject, state, detail: error.message, ...(error.hint === undefined ? {} : { advice: error.hint }) };
}
