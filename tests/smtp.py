"""A mail server on the loopback interface, small enough to be read: it takes what it is sent.

It speaks what the standard library's client asks for (RFC 5321: EHLO, MAIL, RCPT, DATA, RSET, QUIT)
and refuses the recipients that a test names.
"""

from __future__ import annotations

import socketserver
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Delivered:
    """A message as it came over the wire."""

    sender: str
    recipients: list[str]
    message: EmailMessage


class Conversation(socketserver.StreamRequestHandler):
    """One client."""

    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 loopback ready")
        sender, recipients = "", []
        for raw in iter(self.rfile.readline, b""):
            line = raw.decode().rstrip("\r\n")
            verb = line.upper()
            if verb.startswith("MAIL FROM:"):
                sender, recipients = address(line), []
                self.say("250 fine")
            elif verb.startswith("RCPT TO:"):
                refused = address(line) in self.server.refused
                recipients += [] if refused else [address(line)]
                self.say("550 nobody here" if refused else "250 fine")
            elif verb == "DATA":
                self.say("354 go on")
                self.server.delivered.append(Delivered(sender, recipients, self.message()))
                self.say("250 kept")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def message(self) -> EmailMessage:
        lines = []
        for raw in iter(self.rfile.readline, b".\r\n"):
            lines.append(raw.removeprefix(b".") if raw.startswith(b"..") else raw)
        return message_from_bytes(b"".join(lines), policy=policy.default)


def address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]


@dataclass
class MailServer(socketserver.ThreadingTCPServer):
    """The server and what it was sent."""

    delivered: list[Delivered] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    daemon_threads = True

    def __post_init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self.thread.join(5)
