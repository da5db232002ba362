"""Who may what: keys, users, links, webhooks, addresses that are not public."""

import base64
import hashlib
import hmac
import http.server
import json
import subprocess
import threading

import pytest
from program import binary
from service import Service
from talks import make_talk
from test_service import problem, submit

ADMIN = "an-admin-key-for-the-tests-0123456789"


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    return make_talk(tmp_path_factory.mktemp("talk"))


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with Service(tmp_path_factory.mktemp("access") / "storage", ADMIN_API_KEY=ADMIN, ALLOW_PRIVATE_URLS="true") as running:
        running.key = ADMIN
        yield running


def make_key(service, user, *options):
    made = subprocess.run([binary(), "keys", "create", "--user", user, "--json", *options], capture_output=True, encoding="utf-8",
                          env={"STORAGE_PATH": str(service.storage), "PATH": "/usr/bin", "HOME": "/nonexistent"})
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


def as_(key):
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture(scope="module")
def ada(service):
    return make_key(service, "ada")


@pytest.fixture(scope="module")
def job(service, talk, ada):
    service.key = ada["key"]
    try:
        document = service.wait(submit(service, talk, num_clips="1"))
    finally:
        service.key = ADMIN
    assert document["status"] == "completed", document
    return document


def test_without_a_key_nobody_is_let_in(service):
    service.key = None
    try:
        problem(service.get("/api/jobs"), 401, "unauthorised")
        problem(service.get("/api/jobs", headers=as_("rw_aaaaaaaa_nonsense")), 401, "unauthorised")
        assert service.get("/api/health").status_code == 200
    finally:
        service.key = ADMIN


def test_jobs_of_others_are_not_there(service, job, ada):
    bob = as_(make_key(service, "bob")["key"])
    id_ = job["processing_id"]
    for method, path in (("GET", f"/api/status/{id_}"), ("GET", f"/api/jobs/{id_}/events"), ("DELETE", f"/api/jobs/{id_}"),
                         ("POST", f"/api/jobs/{id_}/cancel"), ("GET", job["clips"][0]["files"]["video"]), ("GET", f"/api/jobs/{id_}/archive"),
                         ("GET", f"/api/jobs/{id_}/candidates")):
        problem(service.request(method, path, headers=bob), 404, "not_found")
    problem(service.request("PATCH", f"/api/jobs/{id_}/clips/1", headers=bob, json={"title": "mine"}), 404, "not_found")
    assert service.get("/api/jobs", headers=bob).json()["jobs"] == []
    assert [row["processing_id"] for row in service.get("/api/jobs", headers=as_(ada["key"])).json()["jobs"]] == [id_]
    assert id_ in [row["processing_id"] for row in service.get("/api/jobs").json()["jobs"]], "an admin sees all"
    problem(service.get("/metrics", headers=bob), 403, "forbidden")


def test_a_link_opens_one_file_without_a_key(service, job, ada):
    path = job["clips"][0]["files"]["video"]
    made = service.post(f"/api/jobs/{job['processing_id']}/links", headers=as_(ada["key"]), json={"path": path})
    assert made.status_code == 201, made.text
    service.key = None
    try:
        opened = service.get(made.json()["url"])
        assert opened.status_code == 200 and len(opened.content) == job["clips"][0]["file_size_bytes"]
        assert service.get(made.json()["url"].replace("signature=", "signature=0")).status_code == 401
        assert service.get(job["clips"][0]["files"]["poster"] + "?" + made.json()["url"].split("?")[1]).status_code == 401
    finally:
        service.key = ADMIN
    problem(service.post(f"/api/jobs/{job['processing_id']}/links", json={"path": "/api/jobs"}), 422, "invalid_input")


def test_a_revoked_key_is_worthless_at_once_and_audited(service):
    key = make_key(service, "carol")
    assert service.get("/api/usage", headers=as_(key["key"])).status_code == 200
    assert service.request("DELETE", f"/api/keys/{key['id']}").status_code == 204
    problem(service.get("/api/usage", headers=as_(key["key"])), 401, "unauthorised")
    assert key["id"] in [entry["subject"] for entry in service.get("/api/audit").json()["entries"] if entry["action"] == "key.revoked"]
    assert key["key"] not in service.get("/api/keys").text and key["key"] not in service.text()


def test_quotas_are_held(service, talk):
    key = make_key(service, "dave", "--quota-jobs-per-day", "1")
    with open(talk / "talk.mp4", "rb") as video:
        first = service.post("/api/upload-video", files={"file": video}, headers=as_(key["key"]))
    assert first.status_code == 202, first.text
    with open(talk / "talk.mp4", "rb") as video:
        problem(service.post("/api/upload-video", files={"file": video}, headers=as_(key["key"])), 402, "over_budget")
    assert service.request("DELETE", f"/api/jobs/{first.json()['processing_id']}", headers=as_(key["key"])).status_code == 204


class Receiver(http.server.ThreadingHTTPServer):
    """Takes webhooks; answers the first ones with what `answers` says."""

    def __init__(self, answers=()):
        self.answers, self.got, self.more = list(answers), [], threading.Condition()
        super().__init__(("127.0.0.1", 0), self.handler())
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handler(receiver):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver.more:
                    receiver.got.append((dict(self.headers), body))
                    status = receiver.answers.pop(0) if receiver.answers else 204
                    receiver.more.notify_all()
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_):
                pass
        return Handler

    def wait(self, count, seconds=120):
        with self.more:
            assert self.more.wait_for(lambda: len(self.got) >= count, seconds), self.got
            return list(self.got)


def signed(secret, headers, body):
    headers = {name.lower(): value for name, value in headers.items()}
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    right = base64.b64encode(hmac.digest(base64.b64decode(secret.removeprefix("whsec_")), text, hashlib.sha256)).decode()
    return f"v1,{right}" in headers["webhook-signature"].split()


def test_webhooks_are_signed_and_sent_again(service, talk):
    receiver = Receiver(answers=[500])
    url = f"http://127.0.0.1:{receiver.server_port}/hook"
    job = submit(service, talk, num_clips="1", webhook_url=url)
    assert service.wait(job)["status"] == "completed"
    got = receiver.wait(3)
    secret = service.get("/api/webhooks/secret").json()["secret"]
    events = [json.loads(body) for _, body in got]
    assert all(signed(secret, headers, body) for headers, body in got)
    assert {event["type"] for event in events} == {"clip.ready", "job.completed"}
    ids = [{name.lower(): value for name, value in headers.items()}["webhook-id"] for headers, _ in got]
    assert ids.count(ids[0]) == 2 and got[ids.index(ids[0])][1] == [body for (headers, body), id_ in zip(got, ids) if id_ == ids[0]][1]
    assert all(event["data"]["processing_id"] == job for event in events)
    deliveries = service.get(f"/api/webhooks/deliveries?processing_id={job}").json()["deliveries"]
    assert len(deliveries) == 2
    service.post("/api/webhooks/secret/rotate")
    assert service.post(f"/api/webhooks/deliveries/{deliveries[0]['id']}/replay").status_code == 202
    headers, body = receiver.wait(4)[3]
    assert signed(secret, headers, body) and signed(service.get("/api/webhooks/secret").json()["secret"], headers, body)
    receiver.shutdown()


def test_a_recording_is_fetched_from_a_url(service, talk):
    class Files(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(talk))

        def log_message(self, *_):
            pass

    files = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Files)
    threading.Thread(target=files.serve_forever, daemon=True).start()
    answer = service.post("/api/upload-url", json={"url": f"http://127.0.0.1:{files.server_port}/talk.mp4", "num_clips": 1,
                                                   "min_duration": 4, "max_duration": 8})
    assert answer.status_code == 202, answer.text
    document = service.wait(answer.json()["processing_id"])
    assert document["status"] == "completed" and document["original_filename"] == "talk.mp4", document
    missing = service.post("/api/upload-url", json={"url": f"http://127.0.0.1:{files.server_port}/none.mp4"})
    failed = service.wait(missing.json()["processing_id"])
    assert failed["status"] == "failed" and failed["error"]["code"] == "not_found", failed
    files.shutdown()


def test_addresses_that_are_not_public_are_refused(tmp_path):
    (tmp_path / "service").mkdir()
    with Service(tmp_path / "service" / "storage", command="api") as strict:
        for url in ("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://10.0.0.1/", "http://172.16.0.1/",
                    "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data", "http://100.64.0.1/", "http://224.0.0.1/",
                    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/",
                    "http://[2001:0:7f00:1::]/", "http://[fe80::5efe:7f00:1]/", "http://[fe80::1]/", "http://[fd00::1]/", "http://2130706433/",
                    "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://user:pass@example.com/", "file:///etc/passwd", "ftp://example.com/x"):
            for field, path, body in (("url", "/api/upload-url", {"url": url}), ("webhook_url", "/api/upload-url", {"url": "https://example.com/a.mp4", "webhook_url": url})):
                errors = problem(strict.post(path, json=body), 422, "invalid_input")["errors"]
                assert errors[0]["field"] == field, url


def test_open_addresses_want_keys(tmp_path):
    refused = subprocess.run([binary(), "serve"], capture_output=True, encoding="utf-8", timeout=60,
                             env={"HOST": "0.0.0.0", "PORT": "0", "STORAGE_PATH": str(tmp_path / "s"), "PATH": "/usr/bin", "HOME": str(tmp_path)})
    assert refused.returncode == 2 and "keys create" in refused.stderr, refused.stderr
