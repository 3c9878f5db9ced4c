import { onTestFinished } from 'vitest';
import { type RunningSimulator, type SimulatorSettings, startSimulator } from '../../src/simulator/simulator.ts';

/** A simulated server on a free port, closed when the test ends. */
export async function serve(settings: Partial<SimulatorSettings> = {}): Promise<RunningSimulator> {
  const simulator = await startSimulator({ model: 'tiny', host: '127.0.0.1', port: 0, ...settings });
  onTestFinished(() => simulator.close());
  return simulator;
}

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a reply is looked into freely
  readonly body: any;
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: parse(await response.text()) };
}

export async function chat(server: RunningSimulator, body: object): Promise<Reply> {
  return post(`${server.url}/v1/chat/completions`, { model: 'tiny', temperature: 0, ...body });
}

/** A user turn of text and images. */
export function user(text: string, ...imageUrls: readonly string[]) {
  const images = imageUrls.map((url) => ({ type: 'image_url', image_url: { url } }));
  return { messages: [{ role: 'user', content: [...images, { type: 'text', text }] }] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
