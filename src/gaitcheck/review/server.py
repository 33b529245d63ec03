"""The page on loopback, for one person on this machine: its address holds a secret token.

Whoever does not know the token, comes by another name of the machine (a page elsewhere whose name
was pointed here), or from another origin, gets nothing. No path names a file: the page, the video
and four deeds are all there is.
"""

from __future__ import annotations

import logging
import secrets
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gaitcheck.errors import GaitcheckError, OutputError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from gaitcheck.review.session import Session

_log = logging.getLogger(__name__)

_LOOPBACK: Final = "127.0.0.1"
_MOST_BYTES: Final = 1 << 20
"""A deed is not larger: 5000 steps named at once are 50 kB."""
_HEADERS: Final = (
    (b"cache-control", b"no-store"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)


class ReviewServer:
    """Serves one review until it is stopped.

    Parameters
    ----------
    session : Session
        Takes the corrections.
    page : callable
        Gives the page's HTML for the session's state.
    video : Path or None
        The video as browsers play it.
    port : int
        0 for any that is free.

    Raises
    ------
    OutputError
        If the port cannot be had.
    """

    def __init__(
        self,
        session: Session,
        *,
        page: Callable[[dict[str, Any]], bytes],
        video: Path | None,
        port: int = 0,
    ) -> None:
        import uvicorn

        self.token = secrets.token_urlsafe(24)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            self._socket.bind((_LOOPBACK, port))
            self._socket.listen()  # so that a browser opened before `run` waits and is answered
        except OSError as error:
            self._socket.close()
            raise OutputError(
                f"port {port} of this machine cannot be had: {error.strerror}. Choose another"
            ) from error
        self.port: int = self._socket.getsockname()[1]
        app = _app(session, page=page, video=video, token=self.token)
        self._server = uvicorn.Server(
            uvicorn.Config(
                _Guard(app, token=self.token, port=self.port),
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )

    @property
    def address(self) -> str:
        """The page's address, with the token."""
        return f"http://{_LOOPBACK}:{self.port}/{self.token}/"

    def run(self) -> None:
        """Serve until Ctrl-C or `stop`."""
        # Requests are nobody's business: the token stands in them.
        logging.getLogger("uvicorn").setLevel(logging.ERROR)
        try:
            self._server.run(sockets=[self._socket])
        except KeyboardInterrupt:  # how uvicorn hands on the Ctrl-C that ended it
            _log.debug("ended by Ctrl-C")
        finally:
            self._socket.close()

    def stop(self) -> None:
        """End `run` from another thread."""
        self._server.should_exit = True


def _app(
    session: Session,
    *,
    page: Callable[[dict[str, Any]], bytes],
    video: Path | None,
    token: str,
) -> ASGIApp:
    from starlette.applications import Starlette
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import FileResponse, JSONResponse, PlainTextResponse
    from starlette.responses import Response as Plain
    from starlette.routing import Route

    async def show(_request: Request) -> Response:
        html = await run_in_threadpool(lambda: page(session.state()))
        return Plain(html, media_type="text/html; charset=utf-8")

    async def clip(_request: Request) -> Response:
        if video is None:
            return PlainTextResponse("there is no video", status_code=404)
        return FileResponse(video)  # answers requests for ranges

    def deed(do: Callable[[Any], dict[str, Any]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                content = await _content(request)
                return JSONResponse(await run_in_threadpool(do, content))
            except GaitcheckError as error:
                return JSONResponse({"error": str(error)}, status_code=400)
            except ValueError:
                return JSONResponse({"error": "this is no JSON object"}, status_code=400)

        return answer

    root = f"/{token}"
    return Starlette(
        routes=[
            Route(f"{root}/", show, methods=["GET"]),
            Route(f"{root}/clip", clip, methods=["GET"]),
            Route(f"{root}/edit", deed(session.do), methods=["POST"]),
            Route(f"{root}/undo", deed(lambda _: session.undo()), methods=["POST"]),
            Route(f"{root}/redo", deed(lambda _: session.redo()), methods=["POST"]),
            Route(
                f"{root}/labels",
                deed(lambda _: {"written": str(session.write_labels())}),
                methods=["POST"],
            ),
        ]
    )


async def _content(request: Request) -> dict[str, Any]:
    import json

    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise ValueError("too long")
    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError("no object")  # noqa: TRY004 - one answer for all that is no JSON object
    return found


class _Guard:
    """Lets in only who knows the token, by this server's own name and from its own page."""

    def __init__(self, app: ASGIApp, *, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = {f"{_LOOPBACK}:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def send_guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, send_guarded)
            return
        status, text = refusal
        headers = [(b"content-type", b"text/plain; charset=utf-8")]
        await send_guarded({"type": "http.response.start", "status": status, "headers": headers})
        await send_guarded({"type": "http.response.body", "body": text.encode()})

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Give status and text for whom nothing is here; None for whoever may come in."""
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        writes = scope["method"] not in ("GET", "HEAD")
        hosts, origins = headers.get("host", []), headers.get("origin", [])
        site = headers.get("sec-fetch-site", ["none"])[0]
        # A link from elsewhere may open the page (its address was pasted); nothing else may come.
        opened = headers.get("sec-fetch-mode", [""])[0] == "navigate" and not writes
        kind = headers.get("content-type", [""])[0].split(";")[0]
        token = [*scope["path"].split("/"), ""][1]
        rules = (
            (len(hosts) == 1 and hosts[0] in self._hosts, "this server has another name"),
            (all(origin == f"http://{host}" for origin in origins for host in hosts)
             and (bool(origins) or not writes), "no other origin may ask here"),
            (opened or site in ("same-origin", "none"), "no other site may ask here"),
            (not writes or kind == "application/json", "deeds are JSON"),
            (secrets.compare_digest(token.encode(), self._token.encode()),
             "the address lacks its token: use the one that gaitcheck printed"),
        )  # fmt: skip
        return next(((403, text) for fine, text in rules if not fine), None)
