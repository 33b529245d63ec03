"""Who is let in. Plain sockets, so that a request may say whatever it likes."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gaitcheck.review.server import ReviewServer
from gaitcheck.review.start import prepared, review_files
from tests.browser import complaints, press, until
from tests.review.answers import saved


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[ReviewServer, Path]]:
    path = saved(tmp_path)
    with prepared(review_files(path), by="Ada") as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        yield server, path
        server.stop()
        thread.join()


def ask(
    server: ReviewServer,
    path: str,
    *,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes | None = None,
) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        given = {"Host": f"127.0.0.1:{server.port}"} | (headers or {})
        if body is not None:
            given["Content-Length"] = str(len(body))
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        return answer.status, answer.read(), {k.lower(): v for k, v in answer.getheaders()}
    finally:
        connection.close()


def own(server: ReviewServer) -> dict[str, str]:
    return {"Origin": f"http://127.0.0.1:{server.port}", "Content-Type": "application/json"}


CONFIRM = json.dumps({"do": "confirm", "steps": ["m0"]}).encode()


def test_the_page_and_ranges_of_the_video(served: Any):
    server, path = served
    status, page, headers = ask(server, f"/{server.token}/")
    assert status == 200
    assert b"Check and correct" in page
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
    status, piece, headers = ask(server, f"/{server.token}/clip", headers={"Range": "bytes=10-19"})
    assert (status, piece) == (206, path.with_name("clip.mp4").read_bytes()[10:20])


def test_only_loopback_is_listened_on(served: Any):
    server, _ = served
    assert server._socket.getsockname()[0] == "127.0.0.1"
    assert len(server.token) >= 32


@pytest.mark.parametrize(
    "path",
    [
        "/", "/clip", "/nonsense/", "/nonsense/clip", "//", "/%2e%2e/", "/favicon.ico",
    ],
)  # fmt: skip
def test_without_the_token_there_is_nothing(served: Any, path: str):
    server, _ = served
    status, body, _ = ask(server, path)
    assert status == 403
    assert server.token.encode() not in body


@pytest.mark.parametrize(
    "path",
    [
        "../clip.analysis.json", "clip.analysis.json", "..%2fclip.analysis.json",
        "clip/../clip.analysis.json", "%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "clip/",
        "....//etc/passwd", "clip%00.json",
    ],
)  # fmt: skip
def test_no_path_leads_to_a_file(served: Any, path: str):
    server, _ = served
    status, body, _ = ask(server, f"/{server.token}/{path}")
    assert status in (403, 404, 307)
    assert b"schema" not in body
    assert b"root:" not in body


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "localhost"]
)
def test_other_hosts_are_refused(served: Any, host: str):
    server, _ = served
    status, _, _ = ask(server, f"/{server.token}/", headers={"Host": host.format(port=server.port)})
    assert status == 403


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"Origin": "http://evil.example"}, id="another origin"),
        pytest.param({"Origin": "null"}, id="no origin at all"),
        pytest.param({"Origin": "http://localhost:{port}"}, id="its other name"),
        pytest.param({"Origin": None}, id="nothing said"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="another site"),
        pytest.param(
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, id="a form elsewhere"
        ),
        pytest.param({"Content-Type": "text/plain"}, id="what a form may send"),
        pytest.param({"Host": "evil.example"}, id="another host"),
    ],
)
def test_deeds_come_from_the_page_alone(served: Any, changed: dict[str, str | None]):
    server, path = served
    headers = own(server)
    for name, value in changed.items():
        headers.pop(name, None)
        if value is not None:
            headers[name] = value.format(port=server.port)
    status, _, _ = ask(
        server, f"/{server.token}/edit", method="POST", headers=headers, body=CONFIRM
    )
    assert status == 403
    assert not (path.parent / "clip.corrections.json").exists()


def test_deeds_of_the_page_are_done(served: Any):
    server, path = served
    status, body, _ = ask(
        server, f"/{server.token}/edit", method="POST", headers=own(server), body=CONFIRM
    )
    assert status == 200
    assert json.loads(body)["edits"] == 1
    assert (path.parent / "clip.corrections.json").exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"do": "delete", "step": "m99"}', b"x" * (1 << 21)],
    ids=["nothing", "a list", "no JSON", "no such step", "too long"],
)
def test_deeds_that_make_no_sense_are_told(served: Any, body: bytes):
    server, _ = served
    status, said, _ = ask(
        server, f"/{server.token}/edit", method="POST", headers=own(server), body=body
    )
    assert status == 400
    assert json.loads(said)["error"]


def test_a_person_reviews_in_the_browser(served: Any, browser: Any):
    server, path = served
    browser.get_log("browser")
    browser.get(server.address)
    until(lambda: browser.execute_script(
        "return document.documentElement.dataset.ready === 'yes' &&"
        " document.getElementById('video').readyState >= 2"
    ))  # fmt: skip
    kept = path.parent / "clip.corrections.json"

    def edits() -> list[dict[str, Any]]:
        return json.loads(kept.read_bytes())["edits"] if kept.exists() else []

    press(browser, "n")
    until(lambda: "step 1" in browser.find_element("id", "chosen-words").text)
    press(browser, "c")
    until(lambda: [edit["do"] for edit in edits()] == ["confirm"])
    press(browser, "]")
    until(lambda: len(edits()) == 2)
    assert edits()[1]["contact_s"] == pytest.approx(1.2346 + 1 / 30, abs=1 / 60)
    browser.find_element("css selector", "#edit-support option[value=person]").click()
    until(lambda: len(edits()) == 3)
    assert (edits()[2]["do"], edits()[2]["support"]) == ("support", "person")
    browser.execute_script("document.activeElement.blur()")  # a list keeps its keys
    press(browser, "x")
    until(lambda: len(edits()) == 4)
    press(browser, "z", ctrlKey=True)
    until(lambda: len(edits()) == 3)
    until(lambda: browser.find_element("id", "redo").is_enabled())
    press(browser, "Home")
    browser.find_element("id", "add-left").click()
    until(lambda: edits()[-1]["do"] == "add")
    assert edits()[-1]["support"] == "unknown", "none is never a default"
    until(lambda: "added" in browser.find_element("id", "chosen-words").text)
    # What was saved is there again when the page is opened anew.
    browser.get(server.address)
    until(lambda: "4 corrections" in browser.find_element("id", "saved").text)
    browser.find_element("id", "labels").click()
    until((path.parent / "clip.labels.json").exists)
    until(lambda: "Labels written" in browser.find_element("id", "saved").text)
    assert complaints(browser) == []
