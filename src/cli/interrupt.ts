/** Turns Ctrl-C and TERM into an abort signal: once to stop in order, twice to stop now. */
export function listenForInterrupt(
  note: (sentence: string) => void,
  stopping = 'Stopping: no more questions are asked and the servers are stopped.',
): { signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(130);
    note(`${stopping} Once more to stop now.`);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    end() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
