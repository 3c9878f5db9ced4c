import { SynthrlError } from '../../core/errors.ts';
import type { Content } from '../content.ts';
import type { ImportForm } from '../import-form.ts';
import type { ImportReading, ImportRow, Reply } from '../import-row.ts';
import { type ForeignRecord, idOf, isRecord, textOf, truthOf, usageOf } from '../records.ts';
import { parseTolerantJson } from '../tolerant-json.ts';
import { evidenceOf, referenceOf } from './references.ts';
import { textsWithin } from './sampled-replies.ts';

/** One sample with all of its events. */
const largestSampleBytes = 256 * 1024 * 1024;

/**
 * Logs of Inspect: an `.eval` archive (header.json, samples/<id>_epoch_<n>.json) or one `.json` object. Further epochs
 * are further samples of a problem.
 *
 * @see inspect_ai 0.3.285, inspect_ai/log/_log.py (EvalLog, EvalSample) and inspect_ai/log/_recorders/eval.py
 */
export const inspectLog: ImportForm = {
  name: 'inspect',
  title: 'Inspect logs (.eval archives and .json)',
  recognises: (content) =>
    content.kind === 'archive'
      ? content.members.has('header.json') || content.members.has('_journal/start.json')
      : content.kind === 'object' && isRecord(content.value['eval']) && 'status' in content.value,
  read: (content) => (content.kind === 'archive' ? readArchive(content) : readObject(content)),
};

function readObject(content: Content): ImportReading {
  const log = content.kind === 'object' ? content.value : {};
  const path = content.kind === 'object' ? content.path : '';
  const samples: unknown[] = Array.isArray(log['samples']) ? log['samples'] : [];
  const rows = samples.flatMap((sample, index) =>
    isRecord(sample) ? [rowOf(sample, `${path}: samples[${index}]`)] : [],
  );
  return { rows, ...programOf(log) };
}

async function readArchive({ path, members }: Extract<Content, { kind: 'archive' }>): Promise<ImportReading> {
  // A log that was cut off has no header yet.
  const head = members.has('header.json') ? 'header.json' : '_journal/start.json';
  const names = [...members].filter((name) => /^samples\/.*\.json$/.test(name));
  const header = await readMember(path, head);
  return { rows: readSamples(path, names), ...programOf(header) };
}

async function* readSamples(path: string, names: readonly string[]): AsyncGenerator<ImportRow> {
  for (const name of names) yield rowOf(await readMember(path, name), `${path}: ${name}`);
}

async function readMember(path: string, name: string): Promise<Record<string, unknown>> {
  const { ZipFile } = await import('../../problems/zip/zip-file.ts');
  const zip = await ZipFile.open(path);
  try {
    const value = parseTolerantJson((await zip.read(name, largestSampleBytes)).toString('utf8'));
    if (isRecord(value)) return value;
    throw new SynthrlError('IMPORT_INVALID', `${path}: ${name} is not an object.`);
  } catch (cause) {
    if (cause instanceof SynthrlError && cause.code === 'IMPORT_INVALID') throw cause;
    const what = cause instanceof SynthrlError ? cause.message : `${path}: ${name} is not JSON.`;
    throw new SynthrlError('IMPORT_INVALID', what, {
      hint: 'Write the log anew as one JSON file: inspect log convert --to json --output-dir <folder> <log>.',
      cause,
    });
  } finally {
    zip.close();
  }
}

function programOf(log: ForeignRecord): Pick<ImportReading, 'program'> {
  const spec = isRecord(log['eval']) ? log['eval'] : {};
  const packages = isRecord(spec['packages']) ? spec['packages'] : {};
  const parts = [`inspect_ai ${textOf(packages['inspect_ai']) ?? '(version unknown)'}`];
  for (const [word, value] of [
    ['task', spec['task']],
    ['model', spec['model']],
    ['created', spec['created']],
  ] as const) {
    const text = textOf(value);
    if (text !== undefined) parts.push(`${word} ${text}`);
  }
  return { program: parts.join(', ') };
}

function rowOf(sample: ForeignRecord, where: string): ImportRow {
  const metadata = isRecord(sample['metadata']) ? sample['metadata'] : {};
  const epoch = Number(sample['epoch'] ?? 1);
  const verdict = verdictOf(sample['scores']);
  return {
    where,
    ...referenceOf(metadata, [idOf(sample['id'])]),
    sample: Number.isInteger(epoch) && epoch > 0 ? epoch - 1 : 0,
    model: undefined,
    replies: repliesOf(sample),
    verdict: verdict === undefined ? undefined : verdict ? 'correct' : 'incorrect',
    evidence: {
      ...evidenceOf({ ...metadata, target: onlyOf(sample['target']) }, textsWithin(sample['input'])),
    },
  };
}

/** Null where the sample ended in an error before the model had answered. */
function repliesOf(sample: ForeignRecord): Reply[] | null | undefined {
  const output = isRecord(sample['output']) ? sample['output'] : {};
  const choices: unknown[] = Array.isArray(output['choices']) ? output['choices'] : [];
  if (choices.length === 0) return isRecord(sample['error']) || 'output' in sample ? null : undefined;
  const usage = isRecord(output['usage'])
    ? usageOf(output['usage']['input_tokens'], output['usage']['output_tokens'])
    : undefined;
  const seconds = output['time'];
  return choices.filter(isRecord).map((choice) => {
    const message = isRecord(choice['message']) ? choice['message'] : {};
    const reason = finishReason(choice['stop_reason']);
    return {
      text: resolved(messageText(message['content']), sample['attachments']),
      ...(reason === undefined ? {} : { finishReason: reason }),
      ...(usage === undefined || choices.length > 1 ? {} : { usage }),
      ...(typeof seconds === 'number' && seconds >= 0 ? { latencyMs: Math.round(seconds * 1000) } : {}),
    };
  });
}

/** A message is a text or a list of parts, of which reasoning is kept apart from what is said. */
function messageText(content: unknown): string {
  if (!Array.isArray(content)) return textOf(content) ?? '';
  return content.flatMap((part: unknown) => (isRecord(part) ? (textOf(part['text']) ?? []) : [])).join('\n');
}

/** Long texts may stand once in the sample, with references to them. */
function resolved(text: string, attachments: unknown): string {
  const name = /^attachment:\/\/([0-9a-f]{1,128})$/.exec(text)?.[1];
  return name === undefined || !isRecord(attachments) ? text : (textOf(attachments[name]) ?? text);
}

function finishReason(reason: unknown): string | undefined {
  if (reason === 'max_tokens' || reason === 'model_length') return 'length';
  return typeof reason === 'string' && reason !== 'unknown' ? reason : undefined;
}

/** Of the first scorer: C and I, or a yes or no. Partial marks and refusals to answer are no verdict here. */
function verdictOf(scores: unknown): boolean | undefined {
  const first = isRecord(scores) ? Object.values(scores)[0] : undefined;
  return isRecord(first) ? truthOf(first['value']) : undefined;
}

function onlyOf(target: unknown): unknown {
  return Array.isArray(target) && target.length === 1 ? target[0] : target;
}
