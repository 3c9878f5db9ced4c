"""What is asked of the engine. In bodies, {data:NAME} stands for an image's data URL and {file:NAME} for its file URL
below the allowed folder, {outside:NAME} elsewhere; {end} is the number of the token that ends an answer."""

MODEL = "tiny@recording"
SAMPLING = {"temperature": 0, "top_p": 0.95, "repetition_penalty": 1, "max_tokens": 16}


def image(url):
    return {"type": "image_url", "image_url": {"url": url}}


def chat(*parts, **fields):
    content = [{"type": "text", "text": p} if isinstance(p, str) else p for p in parts]
    body = {"model": MODEL, "messages": [{"role": "user", "content": content}], **SAMPLING, **fields}
    return ("POST", "/v1/chat/completions", {k: v for k, v in body.items() if v is not None}, {})


def get(path, **headers):
    return ("GET", path, None, headers)


TRIANGLE = image("{data:triangle.png}")
QUESTION = "What is the area of the triangle?"

MAIN = {
    "version": get("/version"),
    "models": get("/v1/models"),
    "health": get("/health"),
    "ping": get("/ping"),
    "load": get("/load"),
    "route-unknown": get("/v1/nothing"),
    "method-not-allowed": get("/v1/chat/completions"),
    "chat-image-data": chat(TRIANGLE, QUESTION),
    "chat-image-file": chat(image("{file:triangle.png}"), QUESTION),
    "chat-image-symlink": chat(image("{file:link.png}"), QUESTION),
    "chat-image-jpeg": chat(image("{data:photo.jpg}"), QUESTION),
    "chat-image-transparent": chat(image("{data:transparent.png}"), QUESTION),
    "chat-two-images": chat(TRIANGLE, image("{data:small.png}"), QUESTION),
    "chat-text": chat(QUESTION),
    "chat-string-content": (
        "POST", "/v1/chat/completions",
        {"model": MODEL, "messages": [{"role": "user", "content": QUESTION}], **SAMPLING}, {},
    ),
    "chat-ends-by-itself": chat(TRIANGLE, QUESTION, min_tokens=5, logit_bias={"{end}": 100}),
    "chat-stream": chat(TRIANGLE, QUESTION, stream=True),
    "chat-stream-usage": chat(TRIANGLE, QUESTION, stream=True, stream_options={"include_usage": True}),
    "chat-stream-unknown-model": chat(QUESTION, model="absent", stream=True),
    "chat-sampled": chat(QUESTION, temperature=0.7, seed=7, n=2),
    "chat-logprobs": chat(QUESTION, max_tokens=2, logprobs=True, top_logprobs=2),
    "chat-unknown-field": chat(QUESTION, repetion_penalty=1.3),
    "chat-max-completion-tokens": chat(QUESTION, max_tokens=None, max_completion_tokens=4),
    "chat-no-max-tokens": chat(QUESTION, max_tokens=None, stop=["s"]),
    "chat-image-clamps-length": chat(TRIANGLE, QUESTION, max_tokens=1950, ignore_eos=True),
    "tokenize-text": ("POST", "/tokenize", {"model": MODEL, "prompt": QUESTION}, {}),
    "tokenize-chat": (
        "POST", "/tokenize",
        {"model": MODEL, "messages": [{"role": "user", "content": [TRIANGLE, {"type": "text", "text": QUESTION}]}]}, {},
    ),
    "error-unknown-model": chat(TRIANGLE, QUESTION, model="absent"),
    "error-bad-base64": chat(image("data:image/png;base64,@@@@"), QUESTION),
    "error-base64-padding": chat(image("data:image/png;base64,bm90IGFuIGltYWdlcw"), QUESTION),
    "error-base64-line-break": chat(image("data:image/png;base64,bm90IGFu\nIGltYWdl"), QUESTION),
    "error-not-base64": chat(image("data:image/png,abc"), QUESTION),
    "error-corrupt-image": chat(image("data:image/png;base64,bm90IGFuIGltYWdl"), QUESTION),
    "error-truncated-image": chat(image("{data:truncated.png}"), QUESTION),
    "error-too-small-image": chat(image("{data:dot.png}"), QUESTION),
    "error-too-many-images": chat(TRIANGLE, TRIANGLE, TRIANGLE, QUESTION),
    "error-video": chat({"type": "video_url", "video_url": {"url": "{data:triangle.png}"}}, QUESTION),
    "error-file-outside": chat(image("{outside:triangle.png}"), QUESTION),
    "error-file-missing": chat(image("{file:absent.png}"), QUESTION),
    "error-unreachable-url": chat(image("http://127.0.0.1:9/a.png"), QUESTION),
    "error-prompt-too-long": chat("x " * 3000),
    "error-image-too-long": chat(image("{data:large.png}"), image("{data:large.png}"), QUESTION),
    "error-max-tokens-too-large": chat(QUESTION, max_tokens=100000),
    "error-no-room": chat(QUESTION, max_tokens=2000),
    "error-aspect-ratio": chat(image("{data:wide.png}"), QUESTION),
    "error-image-without-url": chat({"type": "image_url", "image_url": {}}, QUESTION),
    "error-unknown-part": chat({"type": "picture", "picture": "x"}, QUESTION),
    "error-unknown-role": (
        "POST", "/v1/chat/completions", {"model": MODEL, "messages": [{"role": "pupil", "content": QUESTION}]}, {},
    ),
    "error-empty-stop": chat(QUESTION, stop=[""]),
    "error-negative-temperature": chat(QUESTION, temperature=-1),
    "error-text-temperature": chat(QUESTION, temperature="warm"),
    "error-top-k": chat(QUESTION, top_k=-2),
    "error-n-zero": chat(QUESTION, n=0),
    "error-repetition-penalty": chat(QUESTION, repetition_penalty=0),
    "completion": ("POST", "/v1/completions", {"model": MODEL, "prompt": QUESTION, **SAMPLING}, {}),
    "error-max-tokens-zero": chat(QUESTION, max_tokens=0),
    "error-greedy-n": chat(QUESTION, n=2),
    "error-temperature": chat(QUESTION, temperature=3),
    "error-top-p": chat(QUESTION, top_p=1.5),
    "error-many-stops": chat(QUESTION, stop=["a", "b", "c", "d", "e"]),
    "error-missing-messages": ("POST", "/v1/chat/completions", {"model": MODEL, **SAMPLING}, {}),
    "error-empty-messages": ("POST", "/v1/chat/completions", {"model": MODEL, "messages": [], **SAMPLING}, {}),
    "error-bad-json": ("POST", "/v1/chat/completions", '{"model": ', {}),
    "error-content-type": (
        "POST", "/v1/chat/completions",
        {"model": MODEL, "messages": [{"role": "user", "content": QUESTION}]}, {"content-type": "text/plain"},
    ),
    "metrics": get("/metrics"),
}

KEYED = {
    "keyed-health-no-key": get("/health"),
    "keyed-version-no-key": get("/version"),
    "keyed-metrics-status": get("/ping"),
    "error-no-key": get("/v1/models"),
    "error-bad-key": get("/v1/models", authorization="Bearer wrong"),
    "keyed-models": get("/v1/models", authorization="Bearer recording-key"),
    "error-file-without-flag": (
        *chat(image("{file:triangle.png}"), QUESTION)[:3], {"authorization": "Bearer recording-key"},
    ),
}

BASE = ["--host", "127.0.0.1", "--max-model-len", "2048", "--max-num-seqs", "16",
        "--limit-mm-per-prompt", '{"image":2,"video":0}', "--generation-config", "vllm", "--seed", "0"]

# Starts that must fail; {..} as in bodies, {model} the model, {broken:NAME} a damaged copy of it.
FAILURES = {
    "unknown-argument": ["{model}", "--disable-log-requests"],
    "old-image-limit": ["{model}", "--limit-mm-per-prompt", "image=2,video=0"],
    "model-missing": ["{absent}"],
    "weights-missing": ["{broken:weights-missing}"],
    "weights-truncated": ["{broken:weights-truncated}"],
    "weights-header": ["{broken:weights-header}"],
    "weights-other-shape": ["{broken:weights-other-shape}"],
    "config-broken": ["{broken:config-broken}"],
    "config-missing": ["{broken:config-missing}"],
    "processor-missing": ["{broken:processor-missing}"],
    "media-path-missing": ["{model}", "--allowed-local-media-path", "{absent}"],
    "heads-not-divisible": ["{model}", "--tensor-parallel-size", "3"],
    "model-len-too-large": ["{model}", "--max-model-len", "65536"],
    "port-in-use": ["{model}"],
    "external-data-parallel": ["{model}", "--data-parallel-size", "2", "--data-parallel-rank", "0"],
}
