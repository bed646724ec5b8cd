"""HTTP/1.1 on a connection, where uvicorn alone would be stricter or vaguer than production."""

from __future__ import annotations

import re
import sys

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

_LONGEST_REASON = 200
_SHOWN_BYTES = re.compile(r"bytearray\(b(.*)\)$")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


class Protocol(H11Protocol):
    """uvicorn's protocol, with what workerd does differently."""

    def data_received(self, data: bytes) -> None:
        """Take bytes from the client.

        ``curl localhost:8787/café`` sends the path as it is. workerd percent-encodes it; h11 would refuse it.
        """
        at_beginning = self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]
        super().data_received(_encoded_request_line(data) if at_beginning else data)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, and say why; called while the reason is being handled."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()  # the status line of an answer is out already
            return
        text = f"Bad Request: {_reason(sys.exception()) or msg}".encode()
        headers = [("content-type", "text/plain;charset=UTF-8"), ("connection", "close")]
        headers.append(("content-length", str(len(text))))
        answer = h11.Response(status_code=400, headers=headers, reason=b"Bad Request")
        for event in (answer, h11.Data(data=text), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: the Worker sees the header and answers as it likes."""


def _reason(error: BaseException | None) -> str:
    """h11's text; it shows the bytes at fault as Python does."""
    return _SHOWN_BYTES.sub(r"\1", str(error or ""))[:_LONGEST_REASON]


def _encoded_request_line(data: bytes) -> bytes:
    """The bytes with the first line's UTF-8 percent-encoded; what is no UTF-8 stays, to be refused."""
    line, newline, rest = data.partition(b"\n")
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return _NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], line) + newline + rest
