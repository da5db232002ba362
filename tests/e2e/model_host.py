"""A host of models on this machine: ranges and versions as real ones have them, and every way in which they fail."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ModelHost:
    """Serves `files` by name. `script` has an act for each of the next requests; then all goes well:

    ("drop", N)      the connection ends after N bytes of the body
    ("status", N)    an answer with that status
    ("redirect", U)  leads on to the URL U
    ("hang", N)      N bytes, then nothing until `release` is set
    """

    def __init__(self):
        self.files = {}
        self.version = 1
        self.script = []
        self.asked = []  # (name, Range or None, If-Range or None)
        self.release = threading.Event()
        self.sent = threading.Event()  # a request hangs
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                host.answer(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, name):
        return f"http://127.0.0.1:{self.server.server_address[1]}/{name}"

    def close(self):
        self.release.set()
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request):
        name = request.path.lstrip("/")
        self.asked.append((name, request.headers["Range"], request.headers["If-Range"]))
        act, value = self.script.pop(0) if self.script else (None, None)
        if act == "redirect":
            return self.head(request, 302, {"Location": value, "Content-Length": "0"})
        if act == "status" or name not in self.files:
            return self.head(request, value if act == "status" else 404, {"Content-Length": "0"})
        self.send(request, self.files[name], act, value)

    def send(self, request, whole, act, value):
        etag = f'"{self.version}"'
        start = 0
        if request.headers["Range"] and request.headers["If-Range"] == etag:
            start = int(request.headers["Range"].removeprefix("bytes=").rstrip("-"))
        body = whole[start:]
        headers = {"ETag": etag, "Content-Length": str(len(body))}
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(whole) - 1}/{len(whole)}"
        self.head(request, 206 if start else 200, headers)
        request.wfile.write(body[:value] if act in ("drop", "hang") else body)
        request.wfile.flush()
        if act == "hang":
            self.sent.set()
            self.release.wait(60)
        request.close_connection = True

    @staticmethod
    def head(request, status, headers):
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
