"""What strangers send. The service answers with a problem or closes, stays up, and keeps nothing."""

import json
import re
import socket
import threading
import time

import pytest
from service import Service


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with Service(tmp_path_factory.mktemp("hostile") / "storage", command="api") as running:
        yield running
        assert running.get("/api/health/live").status_code == 200
        assert running.stop() == 0


def raw(service, request, timeout=60):
    """All that comes back until the connection is closed."""
    host, port = re.match(r"http://(.+):(\d+)", service.url).groups()
    with socket.create_connection((host, int(port)), timeout) as connection:
        try:
            connection.sendall(request)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all of it was sent
        got = b""
        try:
            while chunk := connection.recv(65536):
                got += chunk
        except ConnectionResetError:
            pass
    return got.decode("latin-1")


def status(answer):
    found = re.match(r"HTTP/1\.1 (\d+) ", answer)
    return int(found[1]) if found else None


def head(method="GET", path="/api/jobs", *headers):
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers, "", ""]).encode("latin-1")


@pytest.mark.parametrize("request_, allowed", [
    (b"hello\r\n\r\n", {400}),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 100, {400, None}),
    (b"GET /api/jobs HTTP/9.9\r\n\r\n", {400}),
    (head("BREW"), {422}),
    (head("PUT"), {405}),
    (head("DELETE", "/api/jobs"), {405}),
    (head("POST", "/api/status/x"), {405}),
    (head(path="/" + "a" * 40_000), {431}),
    (head("GET", "/api/jobs", "X-Long: " + "a" * 40_000), {431}),
    (head("GET", "/api/jobs", *[f"X-{i}: a" for i in range(5_000)]), {431}),
    (head("GET", "/api/jobs", "Bad\x01Name: x"), {400}),
    (head(path="/api/jobs?a=%zz"), {422}),
    (head(path="/api/jobs?" + "&".join(f"a{i}=1" for i in range(200))), {422}),
    (head(path="/api/status/%00"), {422}),
    (head(path="/..%2f..%2fetc%2fpasswd"), {404}),
    (head(path="/docs/..%2f..%2fetc%2fpasswd"), {404}),
    (head("GET", "/api/jobs", "Content-Length: -1"), {400}),
    (head("GET", "/api/jobs", "Content-Length: 99999999999999999999999"), {400}),
    (head("POST", "/api/batch", "Content-Length: 5", "Content-Length: 6") + b"hello!", {400}),
    (head("POST", "/api/batch", "Content-Length: 5", "Transfer-Encoding: chunked") + b"0\r\n\r\n", {400, 422}),
    (head("POST", "/api/batch", "Transfer-Encoding: gzip, what") + b"x", {400, 422}),
    (head("GET", "/api/jobs", "Host: evil.example"), {400, 403, 422}),
    (b"GET /api/jobs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", {403}),
    (head("GET", "/api/jobs", "Origin: https://evil.example"), {403}),
])
def test_nonsense_is_refused(service, request_, allowed):
    assert status(raw(service, request_)) in allowed


def test_a_hundred_thousand_form_fields(service):
    fields = b"".join(b'--x\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n1\r\n' % i for i in range(100_000)) + b"--x--\r\n"
    answer = raw(service, head("POST", "/api/upload-video", "Content-Type: multipart/form-data; boundary=x",
                               f"Content-Length: {len(fields)}") + fields)
    assert status(answer) == 422 and "100 parts" in answer


def test_large_and_deep_json(service):
    for body in (json.dumps({"items": ["x" * 10_000_000]}), "[" * 500_000, '{"items":' * 100_000):
        answer = raw(service, head("POST", "/api/batch", "Content-Type: application/json", f"Content-Length: {len(body)}") + body.encode())
        assert status(answer) in (413, 422), answer[:200]


def test_headers_cannot_be_smuggled_into_answers(service):
    for path in ("/api/status/%0d%0aSet-Cookie:%20a=b", "/api/download/clips/018f0000-0000-7000-8000-000000000000/%0d%0aX:%20y"):
        answer = raw(service, head("GET", path))
        assert "Set-Cookie" not in answer.split("\r\n\r\n")[0] and "\r\nX: y" not in answer.split("\r\n\r\n")[0]
    answer = raw(service, head("GET", "/api/jobs", "X-Request-Id: <script>"))
    assert "<script>" not in answer


def test_names_of_files_are_only_names(service):
    for name in ("../../../etc/passwd", "a\\..\\b", "x" * 300, "..", "\u202egpj.exe", "a;b\"c'd<e>"):
        body = (f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\nhello\r\n--x--\r\n').encode()
        answer = raw(service, head("POST", "/api/upload-video", "Content-Type: multipart/form-data; boundary=x",
                                   f"Content-Length: {len(body)}") + body)
        assert status(answer) in (202, 422), answer
    stored = {file.parent.name for file in service.storage.rglob("*") if file.is_file()}
    assert stored <= {"storage", "uploads", "incoming"}, stored
    assert all(re.fullmatch(r"[0-9a-f-]{36}\.\w+", file.name) for file in (service.storage / "uploads").iterdir())


def test_slow_clients_do_not_stand_in_the_way(service):
    """A slow loris: many connections that send a byte now and then. Others are served, and they are closed."""
    host, port = re.match(r"http://(.+):(\d+)", service.url).groups()
    slow = [socket.create_connection((host, int(port))) for _ in range(200)]
    stop = threading.Event()

    def drip():
        while not stop.wait(0.5):
            for connection in slow:
                try:
                    connection.sendall(b"X")
                except OSError:
                    pass

    for connection in slow:
        connection.sendall(b"GET /api/jobs HTTP/1.1\r\nX-Slow: ")
    dripping = threading.Thread(target=drip)
    dripping.start()
    try:
        begun = time.monotonic()
        assert service.get("/api/health/live").status_code == 200
        assert time.monotonic() - begun < 2
        for connection in slow:
            connection.settimeout(30)
            try:
                assert connection.recv(1) == b""
            except ConnectionResetError:
                pass
    finally:
        stop.set()
        dripping.join()


def test_uploads_that_break_off_leave_nothing(service):
    begin = (b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n' + b"a" * 3_000_000)
    host, port = re.match(r"http://(.+):(\d+)", service.url).groups()
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(head("POST", "/api/upload-video", "Content-Type: multipart/form-data; boundary=x", "Content-Length: 90000000") + begin)
    deadline = time.monotonic() + 20
    while list((service.storage / "incoming").glob("*")):
        assert time.monotonic() < deadline
        time.sleep(0.05)
