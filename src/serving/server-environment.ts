/** Keys are for the endpoints that this program calls; a server that it starts needs none, and one would make it ask for it. */
const keptBack = /_API_KEY$/;

/**
 * The environment of a server process.
 *
 * @param options.defaults - set only where the person did not set them
 * @param options.set - set in any case
 * @param options.gpus - as nvidia-smi numbers them; empty leaves the person's own choice in force
 */
export function serverEnvironment(options: {
  inherited: NodeJS.ProcessEnv;
  defaults: Readonly<Record<string, string>>;
  set: Readonly<Record<string, string>>;
  gpus: readonly number[];
}): Record<string, string> {
  const inherited = Object.entries(options.inherited).flatMap(([name, value]) =>
    value === undefined || keptBack.test(name) ? [] : [[name, value] as const],
  );
  return {
    ...options.defaults,
    ...Object.fromEntries(inherited),
    ...options.set,
    // CUDA's own order is fastest first; nvidia-smi numbers by bus.
    ...(options.gpus.length === 0
      ? {}
      : { CUDA_VISIBLE_DEVICES: options.gpus.join(','), CUDA_DEVICE_ORDER: 'PCI_BUS_ID' }),
  };
}
