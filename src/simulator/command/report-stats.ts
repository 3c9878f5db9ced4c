import type { Engine } from '../wire/engine.ts';
import type { ServerLog } from './server-log.ts';

/** Logs throughput at every interval in which something was done, and once more after it. @returns how to stop that */
export function reportStats(engine: Engine, log: ServerLog): () => void {
  const { metrics, settings } = engine;
  const seconds = settings.statsIntervalMs / 1000;
  if (seconds === 0) return () => undefined;
  let prompt = 0;
  let generated = 0;
  let wasIdle = true;
  const timer = setInterval(() => {
    const rates = [metrics.promptTokens - prompt, metrics.generationTokens - generated].map((count) => count / seconds);
    const isIdle = rates.every((rate) => rate === 0) && metrics.running === 0;
    prompt = metrics.promptTokens;
    generated = metrics.generationTokens;
    if (!isIdle || !wasIdle) {
      const [promptRate = 0, generationRate = 0] = rates;
      log.info(
        'APIServer',
        'loggers.py:248',
        `Engine 000: Avg prompt throughput: ${promptRate.toFixed(1)} tokens/s, Avg generation throughput: ${generationRate.toFixed(1)} tokens/s, Running: ${metrics.running} reqs, Waiting: 0 reqs, GPU KV cache usage: 0.0%, Prefix cache hit rate: 0.0%`,
      );
    }
    wasIdle = isIdle;
  }, settings.statsIntervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
