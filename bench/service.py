"""The service beside the blueprint's own API layer (FastAPI, uvicorn, SQLAlchemy): the same calls, one after the
other on the same machine. Ratios count, not times.

    ./dev bench service                  all of it
    ./dev bench service status upload    some of it
    REELWRIGHT_PEERS=/path               where fastapi_app.py lies; without it only Reelwright is measured
"""

import asyncio
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests/e2e"))
os.environ.setdefault("REELWRIGHT_BUILD", str(HERE.parent / "build/release"))

from service import Service  # noqa: E402
from talks import make_talk  # noqa: E402

KEY = "bench-key-of-at-least-24-characters"
PEERS = Path(os.environ.get("REELWRIGHT_PEERS", HERE.parent / "../shared/peers")).resolve()
UPLOAD_MB = int(os.environ.get("UPLOAD_MB", "2048"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def peer(folder):
    """The peer's address, or nothing where it is not there."""
    if not (PEERS / "fastapi_app.py").exists():
        yield None
        return
    port = free_port()
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(["uvicorn", "fastapi_app:app", "--workers", "2", "--port", str(port), "--log-level", "warning"],
                               cwd=PEERS, env=environment)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wrk(url, key=None, seconds=8):
    """(answers a second, 99th percentile in ms, answers that were no 2xx)."""
    command = ["wrk", "-t1", "-c32", f"-d{seconds}", "--latency", *(["-H", f"Authorization: Bearer {key}"] if key else []), url]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
    p99, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", told).groups()
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    return rate, float(p99) * {"us": 1e-3, "ms": 1, "s": 1e3}[unit], int(bad[1]) if bad else 0


def resident_mib(pid, peak=False):
    name = "VmHWM" if peak else "VmRSS"
    return int(re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def big_file(folder):
    """So that the disk's own speed is not what is measured, it is read from memory."""
    file = Path("/dev/shm" if shutil.disk_usage("/dev/shm").free > (UPLOAD_MB << 21) else folder) / f"reelwright-bench-{os.getpid()}.mp4"
    with open(file, "wb") as stream:
        stream.write(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom")
        block = os.urandom(1 << 20)
        for _ in range(UPLOAD_MB):
            stream.write(block)
    return file


def send(address, method, path, headers, file, before=b"", after=b""):
    """Seconds, and the answer. The kernel copies the file, so that the client costs as little as it can."""
    host, port = re.match(r"http://(.+):(\d+)", address).groups()
    length = len(before) + file.stat().st_size + len(after)
    head = "".join(f"{line}\r\n" for line in [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", f"Content-Length: {length}", *headers, ""])
    start = time.monotonic()
    with socket.create_connection((host, int(port))) as connection, open(file, "rb") as stream:
        connection.sendall(head.encode() + before)
        connection.sendfile(stream)
        connection.sendall(after)
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    seconds = time.monotonic() - start
    assert re.match(r"HTTP/1.1 20[0-9] ", answer), answer
    return seconds, answer


def form(address, file, key=None):
    headers = ["Content-Type: multipart/form-data; boundary=bench", *([f"Authorization: Bearer {key}"] if key else [])]
    before = b'--bench\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\nContent-Type: video/mp4\r\n\r\n'
    return send(address, "POST", "/api/upload-video", headers, file, before, b"\r\n--bench--\r\n")


def delete(service, job):
    assert service.request("DELETE", f"/api/jobs/{job}").status_code == 204


def tus(service, file):
    size = file.stat().st_size
    place = service.post("/api/uploads", headers={"Tus-Resumable": "1.0.0", "Upload-Length": str(size)}).headers["Location"]
    seconds, _ = send(service.url, "PATCH", place, [f"Authorization: Bearer {KEY}", "Tus-Resumable: 1.0.0", "Upload-Offset: 0",
                                                    "Content-Type: application/offset+octet-stream"], file)
    delete(service, service.get(place).json()["processing_id"])
    return seconds


def bench_status(service, address, job):
    rate, p99, bad = wrk(f"{service.url}/api/status/{job}", KEY)
    print(f"status: {rate:,.0f} a second, 99 % within {p99:.2f} ms (limit 10), {bad} failed")
    if address:
        other, other_p99, _ = wrk(f"{address}/api/status/abc")
        print(f"status, peer: {other:,.0f} a second, 99 % within {other_p99:.2f} ms; ratio {rate / other:.1f} (aim 10)")


def bench_status_beside_uploads(service, file):
    stop = threading.Event()

    def upload():
        while not stop.is_set():
            delete(service, re.search(r'"processing_id":"([^"]+)', form(service.url, file, KEY)[1])[1])

    threads = [threading.Thread(target=upload) for _ in range(4)]
    job = small_job(service)
    for thread in threads:
        thread.start()
    time.sleep(1)  # until all four are under way
    rate, p99, bad = wrk(f"{service.url}/api/status/{job}", KEY)
    stop.set()
    for thread in threads:
        thread.join()
    print(f"status beside four uploads: {rate:,.0f} a second, 99 % within {p99:.2f} ms (limit 25), {bad} failed")


def bench_upload(service, address, file):
    before = resident_mib(service.process.pid)
    seconds, answer = form(service.url, file, KEY)
    delete(service, re.search(r'"processing_id":"([^"]+)', answer)[1])
    grown = resident_mib(service.process.pid, peak=True) - before
    print(f"upload: {UPLOAD_MB / seconds:,.0f} MiB/s, memory grew by {grown:.0f} MiB (limit 32)")
    if address:
        other, _ = form(address, file)
        print(f"upload, peer: {UPLOAD_MB / other:,.0f} MiB/s; ratio {other / seconds:.1f} (aim 2)")
    resumable = tus(service, file)
    print(f"upload by tus: {UPLOAD_MB / resumable:,.0f} MiB/s, {seconds / resumable:.2f} of the form's speed (aim 1)")


async def watch(url, job, counts):
    import aiohttp
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None)) as session:
        async with session.get(f"{url}/api/jobs/{job}/events", headers={"Authorization": f"Bearer {KEY}"}) as stream:
            counts["open"] += 1
            async for line in stream.content:
                if line.startswith(b"event: end"):
                    counts["ended"] += 1


def bench_events(folder, streams=1000, seconds=60):
    """A thousand streams on ten jobs, of which one ends every few seconds."""
    talk = make_talk(Path(tempfile.mkdtemp(dir=folder)))
    with Service(folder / "events" / "storage", ADMIN_API_KEY=KEY) as service:
        service.key = KEY

        def submit():
            with open(talk / "talk.mp4", "rb") as video, open(talk / "talk.json", "rb") as said:
                return service.post("/api/upload-video", files={"file": video, "transcript": said},
                                    data={"num_clips": 1, "min_duration": 4, "max_duration": 8}).json()["processing_id"]

        jobs = [submit() for _ in range(10)]
        counts = {"open": 0, "ended": 0}
        memory = []

        async def all_of_them():
            tasks = [asyncio.create_task(watch(service.url, jobs[i % len(jobs)], counts)) for i in range(streams)]
            start = time.monotonic()
            while time.monotonic() - start < seconds or counts["ended"] < streams:
                await asyncio.sleep(1)
                if counts["open"] == streams:
                    memory.append(resident_mib(service.process.pid))
                if time.monotonic() - start > seconds * 5:
                    break
            for task in tasks:
                task.cancel()

        asyncio.run(all_of_them())
        print(f"events: {streams} streams, {counts['ended']} saw the end of their job; memory {memory[0]:.0f} MiB, at the end {memory[-1]:.0f}")


def small_job(service):
    file = service.storage.parent / "small.mp4"
    file.write_bytes(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"x" * 1000)
    return service.upload(file)


def main(wanted):
    wanted = set(wanted or ["status", "upload", "uploads", "events"])
    with tempfile.TemporaryDirectory(prefix="reelwright-bench-") as place:
        folder = Path(place)
        (folder / "peer").mkdir()
        (folder / "events").mkdir()
        file = big_file(folder) if wanted & {"upload", "uploads"} else None
        try:
            with peer(folder / "peer") as address, Service(folder / "storage", command="api", ADMIN_API_KEY=KEY) as service:
                service.key = KEY
                if "status" in wanted:
                    bench_status(service, address, small_job(service))
                if "upload" in wanted:
                    bench_upload(service, address, file)
                if "uploads" in wanted:
                    bench_status_beside_uploads(service, file)
            if "events" in wanted:
                bench_events(folder)
        finally:
            if file:
                file.unlink()


if __name__ == "__main__":
    main(sys.argv[1:])
