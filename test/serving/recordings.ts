import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('fixtures/', import.meta.url));

/** A request that a real engine was sent; `{data:NAME}`, `{file:NAME}` and `{outside:NAME}` stand for image addresses. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What it answered: a JSON body or a text. */
export interface RecordedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: a recorded body is looked into freely
  readonly json?: any;
  readonly text?: string;
}

/** What scripts/record-vllm wrote about one version of vLLM. */
export interface Recording {
  readonly name: string;
  readonly folder: string;
  readonly index: {
    readonly engine: Readonly<Record<string, string>>;
    readonly main: { readonly arguments: readonly string[] };
    /** What came of killing the engine process below the server. */
    readonly death: { readonly healthAfter: { readonly status: number } };
    readonly failures: Readonly<Record<string, { readonly exitCode: number | string }>>;
  };
  /** Names of the recorded exchanges. */
  readonly replies: readonly string[];
  text(name: string): string;
  reply(name: string): { readonly request: RecordedRequest; readonly response: RecordedReply };
}

export const recordings: readonly Recording[] = readdirSync(root)
  .filter((name) => name.startsWith('vllm-') && existsSync(join(root, name, 'index.json')))
  .map((name) => {
    const folder = join(root, name);
    const text = (file: string) => readFileSync(join(folder, file), 'utf8');
    return {
      name,
      folder,
      index: JSON.parse(text('index.json')),
      replies: readdirSync(join(folder, 'replies')).map((file) => basename(file, '.json')),
      text,
      reply: (reply: string) => JSON.parse(text(`replies/${reply}.json`)),
    };
  });

/** The recording of one version. */
export function recordingOf(name: string): Recording {
  const found = recordings.find((recording) => recording.name === name);
  if (found === undefined) throw new Error(`no recording ${name}`);
  return found;
}
