import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import type { Problem } from '../../../src/core/problem.ts';
import { BattleAsker } from '../../../src/difficulty/battles/ask-battle.ts';
import type { Endpoint } from '../../../src/inference/endpoint.ts';
import { ImageStore } from '../../../src/inference/images/image-store.ts';
import { PatientClient } from '../../../src/inference/patient-client.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** What a scripted server says to one request: a text, or a status with a body. */
export type Scripted = string | { readonly status: number; readonly message: string };

// biome-ignore lint/suspicious/noExplicitAny: a request is looked into freely
export type RequestBody = any;

/** A chat server on a free port that answers each request by a function, and keeps the bodies. */
export async function scriptedServer(answer: (body: RequestBody, number: number) => Scripted) {
  const bodies: RequestBody[] = [];
  const server = createServer(async (request, reply) => {
    const body = JSON.parse(await readAll(request));
    const said = answer(body, bodies.push(body) - 1);
    reply.setHeader('content-type', 'application/json');
    if (typeof said === 'string') {
      const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: said } }];
      const usage = { prompt_tokens: 100, completion_tokens: 10 };
      reply.end(JSON.stringify({ model: 'judge', choices, usage }));
    } else reply.writeHead(said.status).end(JSON.stringify({ error: { message: said.message } }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, bodies };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export function askerAt(baseUrl: string, more: { endpoint?: Partial<Endpoint>; mostCalls?: number } = {}): BattleAsker {
  const endpoint: Endpoint = {
    label: 'judge',
    baseUrl,
    model: 'judge',
    images: 'base64',
    dialect: 'vllm',
    window: 8,
    ...more.endpoint,
  };
  const patience = { firstDelayMs: 2, longestDelayMs: 10 };
  const client = new PatientClient({ endpoint, deadlineMs: 20_000, patience, mostCalls: more.mostCalls });
  onTestFinished(() => client.close());
  return new BattleAsker(client);
}

export function newFolder(): string {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  return folder.path;
}

export function imageStore(folder: string): ImageStore {
  return new ImageStore({
    folder: join(folder, 'images'),
    limits: { minPixels: 784, maxPixels: 1003520, maxImages: 9 },
  });
}

/** A picture of one colour, other for each number. */
export async function picture(path: string, number: number): Promise<string> {
  const background = { r: number % 256, g: (number * 37) % 256, b: (number * 101) % 256 };
  await sharp({ create: { width: 32, height: 32, channels: 3, background } })
    .png()
    .toFile(path);
  return path;
}

export function problem(id: string, more: Partial<Problem> = {}): Problem {
  const question = `Question ${id}?`;
  return {
    benchmark: 'mathvision',
    id,
    group: id,
    question,
    prompt: question,
    images: [],
    choices: [],
    answer: '1',
    policy: { type: 'free' },
    facets: {},
    ...more,
  };
}
