"""An OpenAI-compatible server for tests: a process of its own on a real socket, the standard library and NumPy.

    python3 openai_server.py --key KEY --model MODEL

prints its base URL and serves `GET /v1/models`, `POST /v1/chat/completions`, `POST /v1/embeddings` and
`POST /v1/audio/transcriptions` until it is ended. It checks the bearer and that schemas are strict, answers JSON that
fits them, and hears the words of buzz_words.py. Tests steer it by `PUT /control`:

    {"faults": ["503", "drop", ...]}    what happens to the next requests, in turn; then all goes well
    {"without": ["json_schema", ...]}   what this server does not know, answered with 400: json_schema,
                                        json_object, max_completion_tokens, temperature; verbose_json,
                                        timestamp_granularities[]
    {"forgets": true}                   it passes over timestamp_granularities[] in silence
    {"answers": "sound"}                how it judges; or one of ANSWERS
    {"themes": [["rose", ...], ...]}    along which axis of its embeddings each word points
    {"favourite": 3}                    the candidate that it likes best, by its start in seconds

and read what was asked by `GET /control`: {"requests": [{"path", "headers", "body"}]}; the body of a form is its
fields, with the seconds of its file.
"""

import argparse
import base64
import json
import struct
import threading
import time
from email import message_from_bytes
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import buzz_words


def error(message, kind="invalid_request_error", code=None, param=None):
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


RATE = error("Rate limit reached", "requests", "rate_limit_exceeded")

# name: (status, body, headers)
REFUSALS = {
    "400": (400, error("Invalid 'messages'"), {}),
    "401": (401, error("Incorrect API key provided: {key}", code="invalid_api_key"), {}),
    "403": (403, error("Country not supported", "request_forbidden"), {}),
    "404": (404, error("The model does not exist", code="model_not_found"), {}),
    "408": (408, error("Timeout", "server_error"), {}),
    "409": (409, error("Conflict", "server_error"), {}),
    "413": (413, error("Too large"), {}),
    "context": (400, error("This model's maximum context length is 10 tokens", code="context_length_exceeded"), {}),
    "500": (500, error("The server had an error", "server_error"), {}),
    "500 final": (500, error("The server had an error", "server_error"), {"x-should-retry": "false"}),
    "503": (503, error("Overloaded", "server_error"), {}),
    "429": (429, RATE, {}),
    "429 ms": (429, RATE, {"retry-after-ms": "30"}),
    "429 seconds": (429, RATE, {"Retry-After": "1"}),
    "429 hour": (429, RATE, {"Retry-After": "3600"}),
    "quota": (429, error("You exceeded your current quota", "insufficient_quota", "insufficient_quota"), {}),
    "quota retry-after": (429, error("No credit", "billing", "credit_balance_exhausted"), {"Retry-After": "1"}),
    "redirect": (302, {}, {"Location": "http://127.0.0.1:1/"}),
    "empty": (204, None, {}),
}
# What stands where a chat completion should: raw bodies of status 200.
BODIES = {
    "html": b"<!doctype html><title>Log in</title>",
    "no choices": b'{"choices": []}',
    "cut short": b'{"choices": [{"message": {"cont',
    "binary": bytes(range(256)),
    "deep": b"[" * 500_000,
    "huge": b'{"x":"' + b"x" * (3 << 20) + b'"}',
}
# What its embeddings become, the last first, as no order is promised.
VECTORS = {
    "too few": lambda data: data[1:],
    "no numbers": lambda data: [{**one, "embedding": [float("nan")] * len(one["embedding"])} for one in data],
    "two widths": lambda data: [{**one, "embedding": one["embedding"] + [0.0] * (i % 2)} for i, one in enumerate(data)],
    "twice": lambda data: [{**one, "index": 0} for one in data],
    "base64": lambda data: [{**one, "embedding": base64.b64encode(struct.pack(f"<{len(one['embedding'])}f",
                                                                              *one["embedding"])).decode()} for one in data],
}
# Answers of the model itself: (content, refusal, finish_reason).
CONTENTS = {
    "refuse": (None, "I cannot help with that.", "stop"),
    "length": ('{"candidates": [{"number": 1, "sco', None, "length"),
    "content_filter": ("", None, "content_filter"),
    "chatter": ("Sure! Which clips do you mean?", None, "stop"),
    "wrong shape": ('{"candidates": [{"number": "one"}]}', None, "stop"),
    "tool calls": (None, None, "tool_calls"),
}


def sound(number, candidate, state):
    liked = state["favourite"] is not None and candidate["start"] <= state["favourite"] < candidate["end"]
    return [{"number": number, "score": 95 if liked else 40, "title": f"Title at {candidate['start']}",
             "hook": "You will not believe this", "reason": "It stands alone.", "hashtags": ["#bread", "time"]}]


def hostile(number, candidate, _):
    """As a model that a recording has talked over."""
    one = {"number": number, "score": 1_000_000, "title": "\u202eevil\x1b[2J\n" + "x" * 2_000,
           "hook": "See https://evil.example/", "reason": "\x00" * 50, "hashtags": ["#<b>", "", "a b" * 50] * 20}
    return [one, {**one, "number": 10_000}, {**one, "number": -1}, {**one, "title": "again"}]


def half(number, candidate, state):
    return sound(number, candidate, state) if number % 2 else []


ANSWERS = {"sound": sound, "hostile": hostile, "half": half, "nothing": lambda *_: [],
           "zero": lambda number, candidate, state: [{**sound(number, candidate, state)[0], "score": 0}]}


def fresh_state():
    return {"faults": [], "without": [], "forgets": False, "answers": "sound", "favourite": None, "themes": [],
            "requests": []}


def is_strict(schema):
    if schema.get("type") == "object":
        names = set(schema.get("properties", {}))
        return (schema.get("additionalProperties") is False and set(schema.get("required", [])) == names
                and all(map(is_strict, schema["properties"].values())))
    return is_strict(schema["items"]) if schema.get("type") == "array" else schema.get("type") in ("string", "integer")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    @property
    def state(self):
        return self.server.state

    def read(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def answer(self, status, body, headers=None):
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "x-request-id": f"req_{len(self.state['requests'])}",
                            "Content-Length": str(len(raw)), "Date": formatdate(usegmt=True), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def do_PUT(self):
        body = json.loads(self.read())
        with self.server.lock:
            self.state.update(fresh_state())
            self.state.update(body)
        self.answer(200, {})

    def do_GET(self):
        if self.path == "/control":
            with self.server.lock:
                return self.answer(200, {"requests": self.state["requests"]})
        if self.path == "/v1/models" and self.is_allowed():
            return self.answer(200, {"object": "list", "data": [
                {"id": self.server.model, "object": "model", "shutdown_date": None},
                {"id": "old-model", "object": "model", "shutdown_date": "2027-01-14"}]})
        return self.answer(404, error("Not found"))

    def is_allowed(self):
        if self.headers.get("Authorization") == f"Bearer {self.server.key}":
            return True
        self.answer(401, error("You did not provide an API key", code="invalid_api_key"))
        return False

    def do_POST(self):
        raw = self.read()
        form = self.form(raw) if self.headers.get("Content-Type", "").startswith("multipart/") else None
        with self.server.lock:
            body = raw.decode() if form is None else {**form, "file": buzz_words.seconds(form["file"][0])}
            self.state["requests"].append({"path": self.path, "headers": dict(self.headers), "body": body})
            fault = self.state["faults"].pop(0) if self.state["faults"] else None
        if fault in ("drop", "hang", "slow body", "half body"):
            return self.misbehave(fault)
        if fault in REFUSALS:
            status, body, headers = REFUSALS[fault]
            text = json.dumps(body).replace("{key}", self.headers.get("Authorization", "").removeprefix("Bearer "))
            return self.answer(status, None if body is None else text.encode(), headers)
        if fault in BODIES:
            return self.answer(200, BODIES[fault])
        if self.path not in ("/v1/chat/completions", "/v1/embeddings", "/v1/audio/transcriptions"):
            return self.answer(404, b"<html>Not Found</html>")
        if not self.is_allowed():
            return None
        if self.path == "/v1/embeddings":
            return self.embeddings(json.loads(raw), VECTORS.get(fault, lambda data: data))
        return self.chat(json.loads(raw), CONTENTS.get(fault)) if form is None else self.transcribe(form)

    def form(self, raw):
        """Each field with all its values, as bytes for the file."""
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        fields = {}
        for part in message_from_bytes(head + raw).get_payload():
            value = part.get_payload(decode=True)
            is_file = part.get_filename() is not None
            fields.setdefault(part.get_param("name", header="Content-Disposition"), []).append(
                value if is_file else value.decode())
        return fields

    def transcribe(self, form):
        without, wanted = self.state["without"], form.get("response_format", ["json"])[0]
        if form["model"] != [self.server.model]:
            return self.answer(404, error(f"The model `{form['model']}` does not exist", code="model_not_found"))
        for name in ("timestamp_granularities[]", wanted):
            if name in without and (name in form or name == wanted):
                return self.answer(400, error(f"{name} is not supported", param=name))
        if len(form["file"][0]) > 25 << 20:
            return self.answer(413, error("Maximum content size limit exceeded"))
        heard = buzz_words.hear(form["file"][0])
        answer = {"text": buzz_words.written(heard)}
        if wanted == "verbose_json":
            answer |= {"task": "transcribe", "language": "english", "duration": buzz_words.seconds(form["file"][0]),
                       "segments": [{"id": 0, "start": heard[0]["start"], "end": heard[-1]["end"], "text": answer["text"],
                                     "avg_logprob": -0.1, "no_speech_prob": 0.01}] if heard else []}
        if "word" in form.get("timestamp_granularities[]", []) and not self.state["forgets"]:
            answer["words"] = [{**word, "word": word["word"].strip(".,")} for word in heard]
        return self.answer(200, answer)

    def misbehave(self, fault):
        self.close_connection = True
        if fault in ("slow body", "half body"):
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
        if fault == "half body":
            return
        for _ in range(600 if fault != "drop" else 0):
            if self.server.stopping.wait(0.1):
                return
            if fault == "slow body":
                self.wfile.write(b" ")

    def chat(self, body, content):
        if problem := self.problem(body):
            return self.answer(400, problem)
        if content is None:
            content = (json.dumps({"candidates": self.judged(body)}), None, "stop")
            if "response_format" not in body:
                content = ("<think>Hm, {well}.</think>Here it is:\n```json\n" + content[0] + "\n```", None, "stop")
        text, refusal, reason = content
        return self.answer(200, {
            "id": "chatcmpl-1", "object": "chat.completion", "created": int(time.time()), "model": body["model"],
            "choices": [{"index": 0, "message": {"role": "assistant", "content": text, "refusal": refusal},
                         "finish_reason": reason}],
            "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100}})

    def embeddings(self, body, become):
        if body["model"] != self.server.model:
            return self.answer(404, error(f"The model `{body['model']}` does not exist", code="model_not_found"))
        if "" in body["input"] or len(body["input"]) > 2048:
            return self.answer(400, error("'$.input' is invalid", param="input"))
        data = [{"object": "embedding", "index": i, "embedding": [
            sum(any(word.startswith(stem) for stem in theme) for word in text.lower().split()) + 0.01
            for theme in self.state["themes"]]} for i, text in enumerate(body["input"])]
        tokens = sum(len(text.split()) for text in body["input"])
        return self.answer(200, {"object": "list", "data": become(data[::-1]), "model": body["model"],
                                 "usage": {"prompt_tokens": tokens, "total_tokens": tokens}})

    def problem(self, body):
        without = self.state["without"]
        wanted = body.get("response_format", {}).get("type", "text")
        if body["model"] != self.server.model:
            return error(f"The model `{body['model']}` does not exist", code="model_not_found")
        if wanted in without:
            return error(f"'response_format.type' {wanted} is not supported", param="response_format")
        for name in ("max_completion_tokens", "temperature"):
            if name in body and name in without:
                return error(f"Unsupported parameter: '{name}'", code="unsupported_parameter", param=name)
        if wanted == "json_schema":
            form = body["response_format"]["json_schema"]
            if form.get("strict") is not True or not form.get("name") or not is_strict(form["schema"]):
                return error("Invalid schema for response_format", param="response_format")
        if wanted == "json_object" and "json" not in json.dumps(body["messages"]).lower():
            return error("'messages' must contain the word 'json'", param="messages")
        return None

    def judged(self, body):
        """Of whatever the last message that holds candidates asks for."""
        question = next(json.loads(m["content"]) for m in body["messages"] if m["content"].startswith("{"))
        judge = ANSWERS[self.state["answers"]]
        return [one for c in question["candidates"] for one in judge(c["number"], c, self.state)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--key", required=True)
    parser.add_argument("--model", required=True)
    options = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.key, server.model = options.key, options.model
    server.lock, server.stopping = threading.Lock(), threading.Event()
    server.state = fresh_state()
    print(f"http://127.0.0.1:{server.server_address[1]}/v1", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
