"""The service as its users meet it: one upload followed to its clips, and every call beside the way."""

import hashlib
import io
import json
import subprocess
import threading
import zipfile

import pytest
from service import Service
from talks import make_talk

OPTIONS = {"num_clips": "2", "min_duration": "4", "max_duration": "8"}


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    return make_talk(tmp_path_factory.mktemp("talk"))


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with Service(tmp_path_factory.mktemp("service") / "storage") as running:
        yield running


def submit(service, talk, **fields):
    with open(talk / "talk.mp4", "rb") as video, open(talk / "talk.json", "rb") as said:
        answer = service.post("/api/upload-video", files={"file": ("my talk.mp4", video), "transcript": ("talk.json", said)},
                              data={**OPTIONS, **fields})
    assert answer.status_code == 202, answer.text
    return answer.json()["processing_id"]


@pytest.fixture(scope="module")
def job(service, talk):
    """A job that is done. Tests that change it make their own."""
    document = service.wait(submit(service, talk))
    assert document["status"] == "completed", document
    return document


def problem(answer, status, code):
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["code"] == code and told["status"] == status and told["detail"], told
    assert told["request_id"] == answer.headers["X-Request-Id"]
    return told


def test_an_upload_becomes_clips(service, job):
    assert job["progress_percentage"] == 100 and job["kind"] == "clips"
    assert job["original_filename"] == "my talk.mp4" and job["num_clips_requested"] == 2
    assert [clip["clip_number"] for clip in job["clips"]] == [1, 2]
    for clip in job["clips"]:
        assert 4 <= clip["duration_seconds"] <= 8.1 and clip["title"]
        video = service.get(clip["files"]["video"])
        assert video.headers["Content-Type"] == "video/mp4" and len(video.content) == clip["file_size_bytes"]
        assert video.headers["Content-Disposition"].startswith("attachment; filename=")
        assert video.headers["X-Content-Type-Options"] == "nosniff"
        shown = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", "-"],
                               input=video.content, capture_output=True)
        assert b"1080,1920" in shown.stdout
        for name in ("captions", "srt", "vtt", "ass", "remotion_captions", "crop"):
            assert service.get(clip["files"][name]).status_code == 200, name
        assert service.get(clip["files"]["captions"]).json()["word_segments"]
        assert service.get(clip["files"]["poster"]).headers["Content-Type"] == "image/jpeg"
        preview = service.get(clip["files"]["preview"])
        assert preview.status_code == 200 and len(preview.content) < len(video.content)


def test_the_blueprints_rows_are_full(service, job):
    import sqlite3
    with sqlite3.connect(f"file:{service.storage}/reelwright.db?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        row = database.execute("SELECT * FROM processing_jobs WHERE processing_id = ?", [job["processing_id"]]).fetchone()
        clips = database.execute("SELECT * FROM generated_clips WHERE job_id = ?", [row["id"]]).fetchall()
    assert row["status"] == "completed" and row["progress_percentage"] == 100 and row["error_message"] is None
    for column in ("id", "processing_id", "input_filename", "original_filename", "num_clips_requested", "aspect_ratio", "created_at", "completed_at"):
        assert row[column], column
    assert len(clips) == 2
    for clip in clips:
        for column in clip.keys():
            assert clip[column], column


def test_files_lie_where_the_blueprint_says(service, job):
    id_ = job["processing_id"]
    assert (service.storage / "uploads" / f"{id_}.mp4").is_file()
    results = service.storage / "results/clips" / id_
    named = {name for clip in job["clips"] for name in (clip["clip_filename"], clip["caption_filename"])}
    assert named <= {file.name for file in results.iterdir()}


def test_ranges_etags_and_heads(service, job):
    path = job["clips"][0]["files"]["video"]
    whole = service.get(path)
    part = service.get(path, headers={"Range": "bytes=100-199"})
    assert part.status_code == 206 and part.content == whole.content[100:200]
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(whole.content)}"
    assert service.get(path, headers={"Range": "bytes=-5"}).content == whole.content[-5:]
    problem(service.get(path, headers={"Range": "bytes=999999999999-"}), 416, "invalid_input")
    assert service.get(path, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    other = service.get(path, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert other.status_code == 200 and len(other.content) == len(whole.content)
    head = service.request("HEAD", path)
    assert head.headers["Content-Length"] == str(len(whole.content)) and not head.content


def test_all_results_as_a_zip(service, job):
    archive = zipfile.ZipFile(io.BytesIO(service.get(f"/api/jobs/{job['processing_id']}/archive").content))
    assert archive.testzip() is None
    assert {clip["clip_filename"] for clip in job["clips"]} <= set(archive.namelist())


def test_paths_of_others_files_lead_nowhere(service, job):
    id_ = job["processing_id"]
    for path in (f"/api/download/clips/{id_}/..%2f..%2f..%2freelwright.db", f"/api/download/clips/{id_}/%2e%2e",
                 f"/api/download/clips/{id_}/none.mp4", f"/api/download/captions/{id_}/{job['clips'][0]['clip_filename']}",
                 "/api/download/clips/..%2f..%2fuploads/x.mp4", "/api/status/..%2f..", "/api/status/%00",
                 "/api/status/018f0000-0000-7000-8000-000000000000"):
        answer = service.get(path)
        assert answer.status_code in (404, 422), (path, answer.text)
    problem(service.get("/api/nothing"), 404, "not_found")
    wrong = service.request("PUT", "/api/jobs")
    assert problem(wrong, 405, "invalid_input") and "GET" in wrong.headers["Allow"]


def test_bad_fields_are_named(service, talk):
    def refused(**fields):
        with open(talk / "talk.mp4", "rb") as video:
            answer = service.post("/api/upload-video", files={"file": video}, data=fields)
        return {error["field"] for error in problem(answer, 422, "invalid_input")["errors"]}

    assert refused(num_clips="0") == {"num_clips"}
    assert refused(num_clips="x", aspect_ratio="3:2", priority="99") == {"num_clips", "aspect_ratio", "priority"}
    assert refused(colour="red") == {"colour"}
    assert refused(min_duration="50", max_duration="20") == {"min_duration"}
    assert refused(webhook_url="ftp://example.com/") == {"webhook_url"}
    assert refused(webhook_url="http://169.254.169.254/latest") == {"webhook_url"}
    assert refused(language="../../etc") == {"language"}
    answer = service.post("/api/upload-video", files={"transcript": b"hello"})
    assert problem(answer, 422, "invalid_input")["errors"][0]["field"] == "file"
    problem(service.post("/api/upload-video", data=b"x", headers={"Content-Type": "text/plain"}), 422, "invalid_input")
    assert not list((service.storage / "incoming").glob("*")), "refused uploads left files"


def test_what_is_no_video_fails_with_a_reason(service, tmp_path):
    (tmp_path / "film.mp4").write_text("#EXTM3U\n#EXTINF:3,\n/etc/passwd\n")
    document = service.wait(service.upload(tmp_path / "film.mp4"))
    assert document["status"] == "failed" and document["error"]["code"] == "unsupported_media", document
    assert document["error"]["retryable"] is False


def test_a_request_that_is_sent_twice_is_done_once(service, talk):
    def send(clips="2"):
        with open(talk / "talk.mp4", "rb") as video, open(talk / "talk.json", "rb") as said:
            return service.post("/api/upload-video", files={"file": video, "transcript": said}, data={**OPTIONS, "num_clips": clips},
                                headers={"Idempotency-Key": "the-same"})

    answers = []
    threads = [threading.Thread(target=lambda: answers.append(send())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.append(send())
    made = {answer.json()["processing_id"] for answer in answers if answer.status_code == 202}
    assert len(made) == 1, [answer.text for answer in answers]
    assert {answer.status_code for answer in answers} <= {202, 409}
    assert answers[-1].headers["Idempotent-Replayed"] == "true"
    assert problem(send("1"), 422, "invalid_input")["errors"][0]["field"] == "Idempotency-Key"
    service.request("DELETE", f"/api/jobs/{made.pop()}")


def test_cancel_retry_and_delete(service, talk):
    job = submit(service, talk)
    assert service.post(f"/api/jobs/{job}/cancel").status_code == 202
    assert service.wait(job)["status"] == "cancelled"
    problem(service.post(f"/api/jobs/{job}/cancel"), 409, "conflict")
    assert service.post(f"/api/jobs/{job}/retry").status_code == 202
    assert service.wait(job)["status"] == "completed"
    problem(service.post(f"/api/jobs/{job}/retry"), 409, "conflict")
    assert service.request("DELETE", f"/api/jobs/{job}").status_code == 204
    problem(service.get(f"/api/status/{job}"), 404, "not_found")
    left = [path for path in service.storage.rglob("*") if job in str(path)]
    assert not left, left


def test_a_job_is_deleted_while_it_runs(service, talk):
    job = submit(service, talk)
    service.wait(job, until=("processing", "completed"))
    assert service.request("DELETE", f"/api/jobs/{job}").status_code == 204
    follower = submit(service, talk)  # runs when the deleted one has let go of the worker
    assert service.wait(follower)["status"] == "completed"
    assert not [path for path in service.storage.rglob("*") if job in str(path)]


def stages(service, job):
    """What was worked out in the last attempt, and what was found."""
    import sqlite3
    with sqlite3.connect(f"file:{service.storage}/reelwright.db?mode=ro", uri=True) as database:
        rows = database.execute("SELECT stage, reused FROM job_stages WHERE processing_id = ? AND attempt = "
                                "(SELECT MAX(attempt) FROM job_stages WHERE processing_id = ?)", [job, job]).fetchall()
    return {stage for stage, reused in rows if not reused}, {stage for stage, reused in rows if reused}


def test_another_caption_style_renders_and_nothing_else(service, talk):
    job = submit(service, talk)
    before = service.wait(job)
    answer = service.request("PATCH", f"/api/jobs/{job}/clips/1", json={"caption_style": "bold"})
    assert answer.status_code == 202, answer.text
    assert len(answer.json()["clips"]) == 2, "the old version stays until the new one is there"
    after = service.wait(job)
    assert after["status"] == "completed"
    made, reused = stages(service, job)
    assert made and all(stage.startswith(("render", "preview", "captions")) for stage in made), made
    assert "transcript" in reused and "framing 1" in reused and "render 2" in reused
    assert after["clips"][1] == before["clips"][1]
    assert service.get(after["clips"][0]["files"]["video"]).status_code == 200


def test_a_new_span_and_title(service, talk):
    job = submit(service, talk)
    service.wait(job)
    answer = service.request("PATCH", f"/api/jobs/{job}/clips/2", json={"start": 10.0, "end": 15.5, "title": "Mine: <b>&\"quotes\""})
    assert answer.status_code == 202, answer.text
    clip = service.wait(job)["clips"][1]
    assert clip["start"] == pytest.approx(10, abs=0.05) and clip["end"] == pytest.approx(15.5, abs=0.05)
    assert clip["title"] == "Mine: <b>&\"quotes\""
    files = list((service.storage / "results/clips" / job).glob("clip_02_*.mp4"))
    assert {file.name for file in files if "preview" not in file.name} == {clip["clip_filename"]}, "the old file stays"
    errors = problem(service.request("PATCH", f"/api/jobs/{job}/clips/2", json={"start": 20, "end": 10}), 422, "invalid_input")["errors"]
    assert errors[0]["field"] == "end"
    problem(service.request("PATCH", f"/api/jobs/{job}/clips/9", json={"title": "x"}), 404, "not_found")


def test_candidates_and_spans_of_ones_own(service, talk):
    job = submit(service, talk)
    service.wait(job)
    candidates = service.get(f"/api/jobs/{job}/candidates").json()["candidates"]
    assert len(candidates) > 2 and sum(candidate["chosen"] for candidate in candidates) == 2
    answer = service.request("PATCH", f"/api/jobs/{job}", json={"spans": [{"start": 3, "end": 9, "title": "Own"}]})
    assert answer.status_code == 202, answer.text
    clips = service.wait(job)["clips"]
    assert len(clips) == 1 and clips[0]["title"] == "Own"


def test_a_corrected_transcript(service, talk):
    job = submit(service, talk)
    service.wait(job)
    others = {"Bread": "Cheese", "first": "last", "nobody": "everybody", "Bees": "Wasps", "hive": "nest"}
    corrected = json.loads((talk / "talk.json").read_text())
    for segment in corrected["segments"]:
        for word in segment["words"]:
            word["word"] = others.get(word["word"], word["word"])
        segment["text"] = " ".join(word["word"] for word in segment["words"])
    answer = service.post(f"/api/transcripts/{job}", data=json.dumps(corrected))
    assert answer.status_code == 202, answer.text
    after = service.wait(job)
    assert after["status"] == "completed"
    for clip in after["clips"]:
        words = {word["word"] for word in service.get(clip["files"]["captions"]).json()["word_segments"]}
        assert words & set(others.values()) and not words & set(others), words
    _, reused = stages(service, job)
    assert "sound" in reused
    problem(service.post(f"/api/transcripts/{job}", data=b"\x00\x01\x02"), 422, "invalid_input")


def test_rerun_makes_a_new_job_of_the_old_source(service, job):
    answer = service.post(f"/api/jobs/{job['processing_id']}/rerun", json={"caption_style": "boxed"})
    assert answer.status_code == 202, answer.text
    again = service.wait(answer.json()["processing_id"])
    assert again["status"] == "completed" and again["processing_id"] != job["processing_id"]
    _, reused = stages(service, again["processing_id"])
    assert {"sound", "transcript", "selection", "framing 1"} <= reused
    assert service.status(job["processing_id"]) == job


def test_lists_filter_sort_and_page(service, job):
    assert service.get("/api/jobs?status=completed&limit=1").json()["jobs"]
    seen, cursor = [], None
    while True:
        page = service.get("/api/jobs", params={"limit": 2, "fields": "processing_id,created_at", **({"cursor": cursor} if cursor else {})}).json()
        assert all(set(row) == {"processing_id", "created_at"} for row in page["jobs"])
        seen += page["jobs"]
        if not (cursor := page.get("next_cursor")):
            break
    assert len(seen) == len({row["processing_id"] for row in seen})
    assert seen == sorted(seen, key=lambda row: row["created_at"], reverse=True)
    assert job["processing_id"] in {row["processing_id"] for row in seen}
    errors = problem(service.get("/api/jobs?limit=0&sort=size&colour=red"), 422, "invalid_input")["errors"]
    assert {error["field"] for error in errors} == {"limit", "sort", "colour"}
    problem(service.get("/api/jobs?cursor=nonsense"), 422, "invalid_input")


def test_events_go_on_where_they_were(service, job):
    with service.get(f"/api/jobs/{job['processing_id']}/events", stream=True) as stream:
        text = b"".join(stream.iter_content(None)).decode()
    assert text.count("event: end\n") == 1 and '"completed"' in text
    last = text.split("id: ")[1].split("\n")[0]
    with service.get(f"/api/jobs/{job['processing_id']}/events", stream=True, headers={"Last-Event-ID": last}) as stream:
        assert b"data" not in b"".join(stream.iter_content(None)), "told twice"


def test_bad_items_of_a_batch_fail_alone(service):
    answer = service.post("/api/batch", json={"items": [{"url": "https://reelwright.invalid/a.mp4", "num_clips": 1},
                                                        {"url": "http://127.0.0.1/b.mp4"}, {"file": "x"}]})
    assert answer.status_code == 202, answer.text
    batch = service.get(f"/api/batch/{answer.json()['batch_id']}").json()
    good, private, strange = batch["items"]
    assert [item["position"] for item in batch["items"]] == [0, 1, 2]
    assert good["error"] is None and service.status(good["processing_id"])["batch_id"] == batch["batch_id"]
    assert private["error"]["code"] == "invalid_input" and private["processing_id"] is None
    assert strange["error"]["code"] == "invalid_input" and "url" in strange["error"]["message"]
    service.request("DELETE", f"/api/jobs/{good['processing_id']}")
    problem(service.get("/api/batch/none"), 404, "not_found")
    problem(service.post("/api/batch", json={"items": []}), 422, "invalid_input")


def test_health_metrics_options_and_docs(service, job):
    assert service.get("/api/health/live").json() == {"status": "ok"}
    health = service.get("/api/health")
    assert health.status_code == 200 and {"database", "queue", "storage", "disk"} <= set(health.json()["checks"])
    page = service.get("/metrics").text
    for name in ("reelwright_http_requests_total", "reelwright_jobs", "reelwright_queue_depth", "reelwright_stage_seconds_bucket",
                 "reelwright_stage_peak_bytes", "reelwright_job_success_ratio", "reelwright_storage_free_bytes"):
        assert name in page, name
    options = {option["name"]: option for option in service.get("/api/options").json()["options"]}
    assert options["aspect_ratio"]["default"] == "9:16" and options["num_clips_requested"]["maximum"] == 20
    assert options["caption_style"]["default"] == "none"
    assert "swagger-ui" in service.get("/docs").text
    assert service.get("/docs/swagger-ui-bundle.js").status_code == 200
    usage = service.get("/api/usage").json()
    assert usage["jobs_today"] >= 1 and usage["storage_bytes"] > 0
    days = service.get("/api/analytics").json()["days"]
    assert days and days[-1]["completed"] >= 1 and days[-1]["average_processing_seconds"] > 0


def test_the_openapi_document_is_valid(service):
    from openapi_spec_validator import validate
    document = service.get("/openapi.json").json()
    validate(document)
    assert document["openapi"].startswith("3.1")
    for path in ("/api/upload-video", "/api/status/{processing_id}", "/api/download/clips/{processing_id}/{filename}",
                 "/api/download/captions/{processing_id}/{filename}", "/api/health", "/api/jobs", "/api/jobs/{processing_id}"):
        assert path in document["paths"], path


def test_status_answers_are_what_openapi_says(service, job):
    import jsonschema
    document = service.get("/openapi.json").json()
    schema = {"$ref": "#/components/schemas/StatusDocument", "components": document["components"]}
    jsonschema.Draft202012Validator(schema).validate(job)


def tus(service, method, path, **headers):
    body = headers.pop("data", None)
    return service.request(method, path, data=body, headers={"Tus-Resumable": "1.0.0", **headers})


def test_a_resumable_upload(service, talk):
    content = (talk / "talk.mp4").read_bytes()
    import base64
    metadata = "filename " + base64.b64encode(b"big talk.mp4").decode() + ",num_clips " + base64.b64encode(b"1").decode()
    made = tus(service, "POST", "/api/uploads", **{"Upload-Length": str(len(content)), "Upload-Metadata": metadata})
    assert made.status_code == 201, made.text
    place = made.headers["Location"]
    assert tus(service, "HEAD", place).headers["Upload-Offset"] == "0"
    half = len(content) // 2
    octets = {"Content-Type": "application/offset+octet-stream"}
    first = tus(service, "PATCH", place, data=content[:half], **octets, **{"Upload-Offset": "0"})
    assert first.status_code == 204 and first.headers["Upload-Offset"] == str(half)
    wrong = tus(service, "PATCH", place, data=b"xx", **octets, **{"Upload-Offset": "5"})
    assert wrong.status_code == 409
    assert tus(service, "HEAD", place).headers["Upload-Offset"] == str(half), "a wrong offset changes nothing"
    bad = tus(service, "PATCH", place, data=b"xx", **octets, **{"Upload-Offset": str(half), "Upload-Checksum": "sha1 AAAA"})
    assert bad.status_code == 460
    digest = base64.b64encode(hashlib.sha1(content[half:]).digest()).decode()
    last = tus(service, "PATCH", place, data=content[half:], **octets, **{"Upload-Offset": str(half), "Upload-Checksum": f"sha1 {digest}"})
    assert last.status_code == 204, last.text
    job = last.headers["X-Processing-Id"]
    stored = service.storage / "uploads" / f"{job}.mp4"
    assert stored.read_bytes() == content
    assert service.status(job)["original_filename"] == "big talk.mp4"
    assert tus(service, "HEAD", place).headers["X-Processing-Id"] == job
    service.request("DELETE", f"/api/jobs/{job}")


def test_what_tus_refuses(service):
    assert service.post("/api/uploads", headers={"Upload-Length": "5"}).status_code == 412
    assert service.request("OPTIONS", "/api/uploads").headers["Tus-Version"] == "1.0.0"
    assert tus(service, "POST", "/api/uploads").status_code == 400
    assert tus(service, "POST", "/api/uploads", **{"Upload-Length": "99999999999999"}).status_code == 413
    assert tus(service, "POST", "/api/uploads", **{"Upload-Length": "5", "Upload-Metadata": "num_clips OTk="}).status_code == 422
    place = tus(service, "POST", "/api/uploads", **{"Upload-Length": "5"}).headers["Location"]
    assert tus(service, "PATCH", place, data=b"hello", **{"Upload-Offset": "0"}).status_code == 415
    octets = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    assert tus(service, "PATCH", place, data=b"hello, world", **octets).status_code == 413
    assert tus(service, "DELETE", place).status_code == 204
    assert tus(service, "HEAD", place).status_code == 404


def test_a_broken_upload_goes_on_where_it_broke(service, talk):
    import socket
    from urllib.parse import urlparse
    content = (talk / "talk.mp4").read_bytes()
    place = tus(service, "POST", "/api/uploads", **{"Upload-Length": str(len(content))}).headers["Location"]
    address = urlparse(service.url)
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall((f"PATCH {place} HTTP/1.1\r\nHost: {address.netloc}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
                            f"Content-Type: application/offset+octet-stream\r\nContent-Length: {len(content)}\r\n\r\n").encode() + content[:100_000])
    for _ in range(100):
        if (offset := int(tus(service, "HEAD", place).headers["Upload-Offset"])) == 100_000:
            break
    assert offset == 100_000, "as much is stored as arrived"
    rest = tus(service, "PATCH", place, data=content[offset:], **{"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)})
    assert rest.status_code == 204, rest.text
    job = rest.headers["X-Processing-Id"]
    assert (service.storage / "uploads" / f"{job}.mp4").read_bytes() == content
    service.request("DELETE", f"/api/jobs/{job}")


def test_a_fault_of_the_program_tells_where_it_came_from(tmp_path):
    import sqlite3
    with Service(tmp_path / "storage", DEBUG="true") as service:
        with sqlite3.connect(service.storage / "reelwright.db") as database:
            database.execute("DROP TABLE batches")
        answer = service.get("/api/batch/01a209d6-5b30-7000-961c-fd20b98ce57e")
        told = problem(answer, 500, "internal")
    # Its log is read whole once it has ended.
    logged = [json.loads(line) for line in service.log if "http.failed" in line]
    assert [line["request_id"] for line in logged] == [told["request_id"]]
    for text in (told["debug"], logged[0]["details"]):
        assert "reelwright::database" in text, text
