import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Judge } from '../../../src/grading/judge/judge.ts';
import { JudgeClient } from '../../../src/grading/judge/judge-client.ts';
import { JudgementStore } from '../../../src/grading/judge/judgement-store.ts';
import type { Endpoint } from '../../../src/inference/endpoint.ts';
import { type SimulatedJudgeSettings, simulatedJudge } from '../../../src/simulator/judge/judge-settings.ts';
import { serve } from '../../simulator/server.ts';

/** A judge model that is played by the simulator over HTTP, with the given faults. */
export async function simulatedJudgeServer(faults: Partial<SimulatedJudgeSettings> = {}) {
  return serve({ model: 'judge', judge: simulatedJudge(faults) });
}

export function judgeEndpoint(baseUrl: string, over: Partial<Endpoint> = {}): Endpoint {
  return { label: 'judge', baseUrl, model: 'judge', images: 'base64', dialect: 'vllm', window: 32, ...over };
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'synthrl-judge-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A judge at an address, with a store of its own or in the given folder; closed when the test ends. */
export async function openJudge(
  baseUrl: string,
  options: { folder?: string; endpoint?: Partial<Endpoint>; deadlineMs?: number } = {},
): Promise<Judge> {
  const store = await JudgementStore.open(join(options.folder ?? newFolder(), 'judgements.jsonl'));
  const client = new JudgeClient({
    endpoint: judgeEndpoint(baseUrl, options.endpoint),
    deadlineMs: options.deadlineMs ?? 20_000,
    patience: { firstDelayMs: 2, longestDelayMs: 10 },
  });
  const judge = new Judge({ client, store, session: 's' });
  onTestFinished(() => judge.close());
  return judge;
}
