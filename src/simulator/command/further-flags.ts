import type { ServeFlag } from './serve-flags.ts';

/**
 * The flags of vLLM 0.32 that nothing here heeds, by what they take: a command line that vLLM takes is taken. Names as
 * in its `serve --help=all`, without the two leading hyphens; a short name stands behind a comma.
 */
const names: Readonly<Record<ServeFlag['kind'], string>> = {
  switch: `
    fail-on-environ-validation allow-credentials cohere-is-reasoning-model disable-fastapi-docs
    enable-flash-late-interaction enable-log-deltas enable-offline-docs enable-per-request-metrics enable-scale-out
    enable-ssl-refresh enable-tokenizer-info-endpoint exclude-tools-when-tool-choice-none log-error-stack
    return-tokens-as-token-ids tokens-only trust-request-mm-kwargs allow-deprecated-quantization
    disable-cascade-attn disable-sliding-window enable-cumem-allocator enable-nccl-comm-suspend enable-prompt-embeds
    enable-return-routed-experts enable-trace-replay return-sampling-mask skip-tokenizer-init
    sleep-mode-offload-cudagraph use-fp64-gumbel use-tqdm-on-load enable-mamba-cache-stochastic-rounding
    dcp-q-replicate disable-nccl-for-dp-synchronization enable-batch-sharded-sampling enable-dbo enable-elastic-ep
    enable-ep-weight-filter enable-eplb enable-expert-parallel,-ep enable-fault-tolerance enable-hc-sp
    enable-shm-tensor-arena ray-workers-use-nsight enable-mamba-shared-prefix-checkpoint kv-sharing-fast-prefill
    swa-bounded-replay use-replayssm enable-mm-embeds interleave-mm-strings language-model-only
    mm-device-do-normalize mm-encoder-only enable-mixed-moe-lora-format enable-moe-shared-loras
    enable-tower-connector-lora fully-sharded-loras specialize-active-lora cudagraph-metrics
    enable-layerwise-nvtx-tracing enable-logging-iteration-details enable-mfu-metrics jit-monitor-verbose
    kv-cache-metrics disable-chunked-mm-input disable-hybrid-kv-cache-manager long-prefill-token-threshold-adaptive
    scheduler-reserve-full-isl enable-flashinfer-autotune`,
  on: `
    aggregate-engine-logging grpc`,
  words: `
    lora-modules logits-processors sleep-preserve-parameter-names ignore-patterns kv-cache-dtype-skip-layers
    cpu-offload-params offload-params lora-target-modules collect-detailed-traces cudagraph-capture-sizes`,
  json: `
    default-chat-template-kwargs model-class-overrides pooler-config quantization-config eplb-config
    fault-tolerance-config default-mm-loras logging-config custom-histogram-buckets ir-op-priority
    attention-config,-ac aux-output-config diffusion-config,-dc ec-manager-config ec-transfer-config engram-config
    kernel-config kv-events-config kv-transfer-config profiler-config reasoning-config speculative-config,-sc
    structured-outputs-config watermark-config`,
  text: `
    config gdn-prefill-backend kda-decode-backend kda-prefill-backend allowed-headers allowed-methods
    allowed-origins anthropic-disabled-thinking-effort cohere-format fingerprint-mode fingerprint-value grpc-port
    middleware response-role ssl-ca-certs ssl-ciphers tool-parser-plugin tool-server tool-strict-level code-revision
    hf-config-path hf-token io-processor-plugin tokenizer-revision model-loader-extra-config pt-load-map-location
    safetensors-load-strategy mamba-backend mamba-ssu-algorithm reasoning-parser-plugin all2all-backend
    cp-kv-cache-interleave-size cpu-distributed-timeout-seconds dcp-comm-backend elastic-ep-max-dp-size
    expert-placement-strategy max-parallel-loading-workers worker-cls worker-extension-cls kv-offloading-backend
    kv-offloading-size mamba-block-size mamba-cache-dtype mamba-cache-mode mamba-ssm-cache-dtype
    num-gpu-blocks-override prefix-caching-hash-algo prefix-match-unit offload-backend mm-encoder-attn-backend
    mm-encoder-attn-dtype mm-encoder-fp8-scale-path mm-encoder-fp8-scale-save-path mm-hasher-algorithm
    mm-processor-device mm-tensor-ipc video-pruning-method video-pruning-rate lora-dtype max-cpu-loras
    max-lora-cls-labels log-config-file log-level jit-monitor-mode otlp-traces-endpoint
    per-request-spec-decode-metrics show-hidden-metrics-for-version max-num-active-seqs max-num-scheduled-tokens
    scheduler-cls max-cudagraph-capture-size linear-backend moe-backend sparse-indexer-topk-backend
    additional-config spec-method spec-model spec-tokens model-impl`,
  integer: `
    dp-supervisor-probe-failure-threshold h11-max-header-count h11-max-incomplete-event-size sse-keep-alive-interval
    ssl-cert-reqs renderer-num-workers safetensors-prefetch-block-size safetensors-prefetch-num-threads
    mamba-cache-philox-rounds dbo-decode-token-threshold dbo-prefill-token-threshold dcp-kv-cache-interleave-size
    decode-context-parallel-size,-dcp dp-sync-interval prefill-context-parallel-size,-pcp ubatch-size
    prefix-cache-retention-interval replayssm-buffer-len offload-group-size offload-num-in-group
    offload-prefetch-step mm-shm-cache-max-object-size-mb max-lora-rank max-loras long-prefill-token-threshold
    prefill-schedule-interval`,
  number: `
    dp-supervisor-probe-interval-s dp-supervisor-probe-timeout-s mm-encoder-fp8-scale-save-margin
    kv-cache-metrics-sample watermark mm-ipc-gpu-memory-gb`,
  size: '',
};

export const furtherFlags: readonly ServeFlag[] = (Object.entries(names) as [ServeFlag['kind'], string][]).flatMap(
  ([kind, list]) =>
    list
      .split(/\s+/)
      .filter((name) => name !== '')
      .map((name) => {
        const [long, short] = name.split(',');
        return { names: [`--${long}`, ...(short ? [short] : [])], kind, help: 'Taken, without effect.' };
      }),
);
