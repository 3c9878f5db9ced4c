"""Record what a real vLLM prints and answers, for the tests that hold our code against it.

    python record.py --vllm <program> --python <its python> --model <folder from make_model.py> --out <fixtures folder> [--note <how it was installed>] [--only help,main,keyed,death,failures]

Starts the engine on a CPU or GPU, sends the cases of cases.py, kills it in the ways that happen, and writes small text
files. Machine paths, addresses and host names are replaced by placeholders.
"""

import argparse, base64, http.client, json, os, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time
from pathlib import Path

import cases

KEPT_HEADERS = ("content-type", "connection", "transfer-encoding", "allow", "www-authenticate", "retry-after")
ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1",
    "NO_COLOR": "1", "VLLM_DISABLE_LOG_LOGO": "1", "VLLM_CPU_KVCACHE_SPACE": "1", "COLUMNS": "80",
}


class Recorder:
    def __init__(self, options):
        self.vllm, self.python, self.out = options.vllm, options.python, Path(options.out)
        self.work = Path(tempfile.mkdtemp(prefix="record-vllm-"))
        self.model = Path(options.model).resolve()
        self.media, self.outside = self.work / "media", self.work / "outside"
        self.environment = {**os.environ, **ENVIRONMENT, "VLLM_CACHE_ROOT": options.cache}
        self.cache = options.cache
        (self.out / "replies").mkdir(parents=True, exist_ok=True)
        (self.out / "failures").mkdir(exist_ok=True)
        (self.out / "images").mkdir(exist_ok=True)
        self.end_token = str(json.loads((self.model / "generation_config.json").read_text())["eos_token_id"])
        self.notes, self.failures, self.base = options.note, options.failure.split(","), [*cases.BASE, *options.extra]
        self.make_images()

    def make_images(self):
        self.media.mkdir()
        self.outside.mkdir()
        script = (
            "import sys; from PIL import Image, ImageDraw\n"
            "def draw(name, w, h, mode='RGB'):\n"
            "  im = Image.new(mode, (w, h), 'white' if mode == 'RGB' else (0, 0, 0, 0)); d = ImageDraw.Draw(im)\n"
            "  d.polygon([(w*.1, h*.9), (w*.9, h*.9), (w*.3, h*.1)], outline='black'); im.save(sys.argv[1] + '/' + name)\n"
            "draw('triangle.png', 280, 224); draw('small.png', 140, 112); draw('photo.jpg', 300, 200)\n"
            "draw('transparent.png', 200, 200, 'RGBA'); draw('dot.png', 4, 4); draw('large.png', 1000, 1000); draw('wide.png', 2100, 10)\n"
        )
        subprocess.run([self.python, "-c", script, str(self.out / "images")], check=True)
        whole = (self.out / "images" / "triangle.png").read_bytes()
        (self.out / "images" / "truncated.png").write_bytes(whole[: len(whole) // 2])
        for file in (self.out / "images").iterdir():
            shutil.copy(file, self.media)
        shutil.copy(self.media / "triangle.png", self.outside)
        (self.media / "link.png").symlink_to(self.media / "triangle.png")

    # -- placeholders ---------------------------------------------------------------------------------------------

    def clean(self, text):
        home, prefix = str(Path.home()), str(Path(self.python).absolute().parent.parent)
        base = subprocess.run([self.python, "-c", "import sys; print(sys.base_prefix)"], capture_output=True, text=True)
        replaced = [
            (str(self.media), "<media>"), (str(self.outside), "<outside>"), (str(self.work), "<work>"),
            (str(self.model), "<model>"), (self.cache, "<cache>"), (prefix, "<venv>"), (base.stdout.strip(), "<python>"),
            (str(Path(self.vllm).parent.parent), "<venv>"), (home, "<home>"),
        ]
        for path, name in replaced:
            text = text.replace(path, name) if len(path) > 1 else text
        text = re.sub(rf"\b{re.escape(socket.gethostname())}\b", "<host>", text)
        text = re.sub(r"\b(?!127\.0\.0\.1|0\.0\.0\.0)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b", "<address>", text)
        return re.sub(r"/tmp/[\w./-]+", "<tmp>", text)

    def write(self, name, text):
        path = self.out / name
        path.write_text(self.clean(text), encoding="utf-8")
        print(f"  {name}: {path.stat().st_size} bytes", flush=True)

    def fill(self, value):
        if isinstance(value, dict):
            return {self.end_token if key == "{end}" else key: self.fill(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.fill(item) for item in value]
        match = re.fullmatch(r"\{(data|file|outside):(.+)\}", value) if isinstance(value, str) else None
        if not match:
            return value
        kind, name = match.groups()
        if kind == "data":
            media = "image/jpeg" if name.endswith(".jpg") else "image/png"
            return f"data:{media};base64," + base64.b64encode((self.media / name).read_bytes()).decode()
        return f"file://{(self.media if kind == 'file' else self.outside) / name}"

    # -- processes ------------------------------------------------------------------------------------------------

    def start(self, arguments, port):
        log = tempfile.NamedTemporaryFile(dir=self.work, suffix=".log", delete=False)
        process = subprocess.Popen(
            [self.vllm, "serve", *arguments, "--port", str(port)], stdout=log, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL, env=self.environment, start_new_session=True, cwd=self.work,
        )
        process.log = Path(log.name)
        return process

    def wait_ready(self, process, port, seconds=300):
        refused, started = set(), time.time()
        while time.time() - started < seconds and process.poll() is None:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    return time.time() - started, sorted(refused)
            except OSError as error:
                refused.add(type(error).__name__)
            time.sleep(0.5)
        raise SystemExit(process.log.read_text()[-4000:] + "\nthe server did not start")

    def end(self, process, sign=signal.SIGTERM):
        os.kill(process.pid, sign)
        try:
            code = process.wait(60)
        except subprocess.TimeoutExpired:
            code = "still running after 60 s"
        time.sleep(1)
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        return code

    # -- requests -------------------------------------------------------------------------------------------------

    def send(self, port, case, seconds=240):
        method, path, body, headers = case
        payload = body if isinstance(body, str) or body is None else json.dumps(self.fill(body))
        sent = {**({"content-type": "application/json"} if body is not None else {}), **headers}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=seconds)
        connection.request(method, path, payload.encode() if payload is not None else None, sent)
        reply = connection.getresponse()
        chunks, broken = [], None
        try:
            while chunk := reply.read1(1 << 20):
                chunks.append(chunk)
        except (http.client.HTTPException, OSError) as error:
            broken = type(error).__name__
        text = b"".join(chunks).decode()
        kept = {k.lower(): v for k, v in reply.getheaders() if k.lower() in KEPT_HEADERS}
        answer = {"status": reply.status, "headers": kept}
        is_json = kept.get("content-type", "").startswith("application/json")
        answer |= {"json": json.loads(text)} if is_json else {"text": text}
        if broken:
            answer["brokenOff"] = broken
        return {"request": {"method": method, "path": path, "headers": sent, "body": body}, "response": answer}

    def record(self, port, table):
        for name, case in table.items():
            recorded = self.send(port, case)
            if name.startswith("metrics"):
                self.write(f"{name}.txt", recorded["response"].pop("text"))
            self.write(f"replies/{name}.json", json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")

    # -- parts ----------------------------------------------------------------------------------------------------

    def part_help(self):
        for name, arguments in {"version": ["--version"], "help-all": ["serve", "--help=all"], "help": ["serve", "--help"]}.items():
            done = subprocess.run([self.vllm, *arguments], capture_output=True, text=True, env=self.environment, cwd=self.work)
            self.write(f"{name}.txt", done.stdout)
            self.write(f"{name}.stderr.txt", done.stderr)

    def part_main(self):
        port = free_port()
        arguments = [str(self.model), "--served-model-name", cases.MODEL, *self.base, "--allowed-local-media-path", str(self.media)]
        process = self.start(arguments, port)
        seconds, refused = self.wait_ready(process, port)
        self.facts["main"] = {"arguments": arguments, "secondsToHealthy": round(seconds, 1), "connectionErrorsWhileLoading": refused}
        self.write("start.log", process.log.read_text())
        before = process.log.stat().st_size
        self.record(port, {k: v for k, v in cases.MAIN.items() if k != "metrics"})
        busy = [threading.Thread(target=self.send, args=(port, cases.chat(f"{i} {cases.QUESTION}", max_tokens=600, ignore_eos=True))) for i in range(24)]
        for thread in busy:
            thread.start()
        time.sleep(2)
        self.record(port, {"metrics-busy": cases.MAIN["metrics"]})
        for thread in busy:
            thread.join()
        time.sleep(11)
        self.record(port, {"metrics": cases.MAIN["metrics"]})
        self.write("serving.log", process.log.read_bytes()[before:].decode())
        # a stop while a request is being answered
        before, streamed = process.log.stat().st_size, {}
        slow = cases.chat(cases.QUESTION, max_tokens=1900, ignore_eos=True, stream=True)
        thread = threading.Thread(target=lambda: streamed.update(self.send(port, slow)))
        thread.start()
        time.sleep(0.4)
        code = self.end(process)
        thread.join()
        self.facts["stop"] = {"exitCode": code}
        self.write("stop.log", process.log.read_bytes()[before:].decode())
        self.write("replies/stopped-stream.json", json.dumps(shorten(streamed), indent=1, ensure_ascii=False) + "\n")

    def part_keyed(self):
        port = free_port()
        arguments = [str(self.model), "--served-model-name", cases.MODEL, *self.base, "--enforce-eager", "--api-key", "recording-key"]
        process = self.start(arguments, port)
        self.wait_ready(process, port)
        self.record(port, cases.KEYED)
        self.facts["keyed"] = {"arguments": arguments}
        self.end(process)

    def part_death(self):
        """The engine process is killed under a running server, as the kernel does when memory runs out."""
        port = free_port()
        process = self.start([str(self.model), "--served-model-name", cases.MODEL, *self.base, "--enforce-eager"], port)
        self.wait_ready(process, port)
        before = process.log.stat().st_size
        results = {}
        for name, streaming in (("death-stream", True), ("death-reply", False)):
            case = cases.chat(cases.QUESTION, max_tokens=1900, ignore_eos=True, stream=streaming)
            def ask(name=name, case=case):
                try:
                    results[name] = shorten(self.send(port, case, 60))
                except (http.client.HTTPException, OSError) as error:
                    results[name] = {"request": case[2], "transportError": type(error).__name__}
            results[name] = threading.Thread(target=ask)
            results[name].start()
        threads = list(results.values())
        time.sleep(0.4)
        below = {pid: command_line(pid) for pid in children(process.pid)}
        # Older versions do not name their processes.
        victims = [pid for name in ("EngineCore", "spawn_main") for pid in below if name in below[pid]][:1]
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
        for thread in threads:
            thread.join()
        try:
            after = self.send(port, cases.get("/health"))["response"]
        except OSError as error:
            after = {"transportError": type(error).__name__}
        try:
            code = process.wait(60)
        except subprocess.TimeoutExpired:
            code = "still running after 60 s"
        self.facts["death"] = {"killed": len(victims), "healthAfter": after, "exitCode": code}
        self.write("death.log", process.log.read_bytes()[before:].decode())
        for name, recorded in results.items():
            self.write(f"replies/{name}.json", json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
        self.end(process, signal.SIGKILL) if process.poll() is None else None

    def part_failures(self):
        outcome = self.facts.setdefault("failures", {})
        for name in self.failures:
            template = cases.FAILURES[name]
            arguments = [self.place(word) for word in template]
            port = free_port()
            holder = socket.create_server(("127.0.0.1", port)) if name == "port-in-use" else None
            process = self.start([*arguments, "--host", "127.0.0.1", "--enforce-eager"], port)
            try:
                self.wait_ready(process, port, 150)
                code = "it started"
                self.end(process)
            except SystemExit:
                code = process.poll()
                if code is None:
                    code = "neither ready nor ended after 150 s"
                    self.end(process)
            if holder:
                holder.close()
            outcome[name] = {"arguments": template, "exitCode": code}
            self.write(f"failures/{name}.log", process.log.read_text(errors="replace"))

    def place(self, word):
        if word in ("{model}", "{absent}"):
            return str(self.model if word == "{model}" else self.work / "absent")
        match = re.fullmatch(r"\{broken:(.+)\}", word)
        if not match:
            return word
        folder = self.work / match[1]
        shutil.copytree(self.model, folder)
        weights = folder / "model.safetensors"
        if match[1] == "weights-missing":
            weights.unlink()
        elif match[1] == "weights-truncated":
            weights.write_bytes(weights.read_bytes()[: weights.stat().st_size // 2])
        elif match[1] == "weights-header":
            weights.write_bytes(b"\xff" * 1000)
        elif match[1] == "config-missing":
            (folder / "config.json").unlink()
        elif match[1] == "config-broken":
            (folder / "config.json").write_text('{"architectures": ')
        elif match[1] == "weights-other-shape":
            settings = json.loads((folder / "config.json").read_text())
            settings["text_config"]["intermediate_size"] = 512
            (folder / "config.json").write_text(json.dumps(settings))
        elif match[1] == "processor-missing":
            for file in folder.glob("*processor_config.json"):
                file.unlink()
        return str(folder)

    def write_index(self):
        versions = subprocess.run(
            [self.python, "-c", "import sys, json, importlib.metadata as m; print(json.dumps({'python': sys.version.split()[0], **{p: m.version(p) for p in sys.argv[1:]}}))",
             "vllm", "torch", "transformers"], capture_output=True, text=True, check=True)
        index = self.out / "index.json"
        known = json.loads(index.read_text()) if index.exists() else {}
        self.facts["failures"] = {**known.get("failures", {}), **self.facts.get("failures", {})}
        self.notes = self.notes or known.get("notes", [])
        known |= {"engine": json.loads(versions.stdout), "date": time.strftime("%Y-%m-%d"), "device": "cpu", "notes": self.notes, "environment": ENVIRONMENT,
                  "made by": "scripts/record-vllm/record.py", **self.facts}
        index.write_text(self.clean(json.dumps(known, indent=1)) + "\n")


def shorten(recorded, keep=4):
    """A long stream's first and last events."""
    text = recorded["response"].get("text", "")
    events = text.split("\n\n")
    if len(events) > 3 * keep:
        recorded["response"]["text"] = "\n\n".join([*events[:keep], *events[-keep:]])
        recorded["response"]["eventsLeftOut"] = len(events) - 2 * keep
    return recorded


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def children(pid):
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [int(child), *children(int(child))]
    return found


def command_line(pid):
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


def main():
    parser = argparse.ArgumentParser()
    for name in ("vllm", "python", "model", "out"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--cache", default=tempfile.gettempdir() + "/record-vllm-cache")
    parser.add_argument("--extra", action="append", default=[], help="an argument for the servers that are meant to start")
    parser.add_argument("--failure", default=",".join(cases.FAILURES), help="which starts that must fail")
    parser.add_argument("--note", action="append", default=[])
    parser.add_argument("--only", default="help,main,keyed,death,failures")
    options = parser.parse_args()
    recorder = Recorder(options)
    recorder.facts = {}
    for part in options.only.split(","):
        print(part, flush=True)
        getattr(recorder, f"part_{part}")()
        recorder.write_index()
    shutil.rmtree(recorder.work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
