import type { EngineRequest } from './engine.ts';
import type { ServerAddress } from './launcher.ts';
import type { VllmFlags } from './vllm-flags.ts';

/** One setting of the command line. */
interface Setting {
  readonly flag: string;
  /** Absent for a switch. */
  readonly value?: string;
  /** What follows where this version does not have the flag; absent where nothing worth saying does. */
  readonly whenUnknown?: string;
}

/**
 * The settings that an evaluation needs. Flags that this version does not have are left out and named in the notes.
 *
 * @returns `serve <model>` with its flags for an address, without the program itself
 */
export function vllmArguments(
  request: EngineRequest,
  flags: VllmFlags,
): { arguments: (address: ServerAddress) => string[]; notes: string[] } {
  const settings = settingsOf(request, flags);
  const isKnown = (setting: Setting) => flags.known === undefined || flags.known.has(setting.flag);
  const used = settings.filter(isKnown).flatMap(({ flag, value }) => (value === undefined ? [flag] : [flag, value]));
  const notes = settings
    .filter((setting) => !isKnown(setting) && setting.whenUnknown !== undefined)
    .map(({ flag, whenUnknown }) => `this version of the engine has no ${flag}: ${whenUnknown}`);
  if (flags.known === undefined) notes.push('the engine did not list its flags; the usual ones are passed');
  return {
    arguments: ({ host, port }) => [
      'serve',
      request.modelPath,
      ...['--host', host, '--port', String(port), '--served-model-name', request.servedName],
      ...used,
      ...quietRequestLog(flags),
    ],
    notes,
  };
}

function settingsOf(request: EngineRequest, flags: VllmFlags): Setting[] {
  const { limits } = request;
  const pixels = JSON.stringify({ min_pixels: limits.minPixels, max_pixels: limits.maxPixels });
  return [
    {
      flag: '--tensor-parallel-size',
      value: String(request.tensorParallelSize),
      whenUnknown: 'each server uses one GPU',
    },
    { flag: '--max-model-len', value: String(request.maxModelLen), whenUnknown: 'the length comes from the model' },
    {
      flag: '--gpu-memory-utilization',
      value: String(request.gpuMemoryUtilization),
      whenUnknown: 'the engine chooses how much memory it takes',
    },
    {
      flag: '--generation-config',
      value: 'vllm',
      whenUnknown: 'sampling settings in a checkpoint’s generation_config.json may fill what requests leave unset',
    },
    {
      flag: '--limit-mm-per-prompt',
      value: mediaLimits(limits.maxImages, flags.mediaLimits),
      whenUnknown: 'problems with several images may be refused',
    },
    { flag: '--mm-processor-kwargs', value: pixels, whenUnknown: 'the engine may resize images by its own limits' },
    {
      flag: '--allowed-local-media-path',
      value: request.mediaFolder,
      whenUnknown: 'it cannot read images from disk',
    },
    { flag: '--seed', value: String(request.seed), whenUnknown: 'the engine’s own seed is used' },
    // One line per request says nothing that the journals do not say.
    ...(flags.known?.has('--disable-uvicorn-access-log') ? [{ flag: '--disable-uvicorn-access-log' }] : []),
  ];
}

/** Video 0 saves the profiling of a huge video, for which the memory may not suffice. */
function mediaLimits(maxImages: number, form: VllmFlags['mediaLimits']): string {
  return form === 'pairs' ? `image=${maxImages},video=0` : JSON.stringify({ image: maxImages, video: 0 });
}

/** Up to v0.10.0 every request is logged with its prompt unless told not to; later versions refuse that flag. */
function quietRequestLog({ known }: VllmFlags): string[] {
  const isOld = known?.has('--disable-log-requests') === true && !known.has('--enable-log-requests');
  return isOld ? ['--disable-log-requests'] : [];
}
