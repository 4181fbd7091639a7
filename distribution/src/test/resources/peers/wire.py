"""Locust's wire as its 2.46 speaks it, and how a test drives a peer: one JSON line per event out, one per command in."""
import hashlib
import json
import os
import sys
import time

import msgpack
import zmq

VERSION = "2.46.3"
HEARTBEAT_INTERVAL = 1
HEARTBEAT_LIVENESS = 3
HEARTBEAT_DEAD = -60
MASTER_HEARTBEAT_TIMEOUT = 60
WORKER_REPORT_INTERVAL = 3
WORKER_LOG_REPORT_INTERVAL = 10
CONNECT_TIMEOUT = 5
CONNECT_RETRY_COUNT = 60
SHOWN_DEPTH = 50
SHOWN_LENGTH = 200_000


def encode(kind, data, node):
    return msgpack.dumps((kind, data, node))


def decode(payload):
    kind, data, node = msgpack.loads(payload, raw=False, strict_map_key=False)
    return kind, data, node


def socket(context, role, identity=None):
    """Opens a socket with the reference's options; what is not sent when it closes is dropped, so that no peer hangs at its end."""
    opened = context.socket(role)
    opened.setsockopt(zmq.TCP_KEEPALIVE, 1)
    opened.setsockopt(zmq.TCP_KEEPALIVE_IDLE, 30)
    opened.setsockopt(zmq.LINGER, 0)
    if identity is not None:
        opened.setsockopt(zmq.IDENTITY, identity.encode())
    return opened


def bucket(milliseconds):
    """Rounds a response time as the reference does: half to even."""
    if milliseconds < 100:
        return round(milliseconds)
    if milliseconds < 1000:
        return round(milliseconds, -1)
    if milliseconds < 10000:
        return round(milliseconds, -2)
    return round(milliseconds, -3)


def error_key(method, name, text):
    return hashlib.sha256(f"{method}.{name}.{text!r}".encode()).hexdigest()


def depth(value, limit):
    """Tells how deep lists and maps are in each other, the limit at most."""
    if limit == 0 or not isinstance(value, (dict, list)):
        return 0
    return 1 + max((depth(item, limit - 1) for item in (value.values() if isinstance(value, dict) else value)), default=0)


def readable(value):
    return value.hex() if isinstance(value, bytes) else str(value)


def shown(value):
    """Gives what a test can read of it: all, but for what is monstrous."""
    if depth(value, SHOWN_DEPTH) == SHOWN_DEPTH:
        return f"deeper than {SHOWN_DEPTH}"
    text = json.dumps(value, default=readable)
    return value if len(text) < SHOWN_LENGTH else f"{len(text)} characters of JSON"


def event(name, **fields):
    """Tells the test; bytes are shown as hexadecimal digits."""
    if "data" in fields:
        fields["data"] = shown(fields["data"])
    line = {"event": name, "at": time.time(), **fields}
    sys.stdout.write(json.dumps(line, default=readable) + "\n")
    sys.stdout.flush()


class Ended(Exception):
    """The peer is to exit with this code."""

    def __init__(self, code, why):
        super().__init__(why)
        self.code = code
        self.why = why


class Commands:
    """The test's lines on standard input; their end is the peer's end, so that no peer outlives its test."""

    def __init__(self, max_seconds):
        self.deadline = time.monotonic() + max_seconds
        self.rest = b""

    def read(self):
        """Gives the commands that have come; call it when standard input is readable."""
        chunk = os.read(0, 65536)
        if not chunk:
            raise Ended(0, "standard input closed")
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        return [json.loads(line) for line in lines if line.strip()]

    def check_time(self):
        if time.monotonic() > self.deadline:
            raise Ended(3, "its time is over")


class Timers:
    """Calls functions at their time, from the one loop of a peer."""

    def __init__(self):
        self.entries = []

    def every(self, seconds, function, first=None):
        self.entries.append([time.monotonic() + (seconds if first is None else first), seconds, function])

    def after(self, seconds, function):
        self.entries.append([time.monotonic() + seconds, None, function])

    def clear(self):
        self.entries = []

    def wait(self):
        """Gives the milliseconds until the next one, a second at most."""
        if not self.entries:
            return 1000
        return max(0, min(1000, int((min(entry[0] for entry in self.entries) - time.monotonic()) * 1000) + 1))

    def run(self):
        for entry in [entry for entry in self.entries if entry[0] <= time.monotonic()]:
            if entry not in self.entries:
                continue
            if entry[1] is None:
                self.entries.remove(entry)
            else:
                entry[0] += entry[1]
            entry[2]()


def loop(peer, commands, timers):
    """Runs a peer until it ends: its frames, its timers and the test's commands, in one thread."""
    try:
        while True:
            commands.check_time()
            poller = zmq.Poller()
            poller.register(0, zmq.POLLIN)
            if peer.reads():
                poller.register(peer.socket, zmq.POLLIN)
            ready = dict(poller.poll(timers.wait()))
            if 0 in ready:
                for command in commands.read():
                    peer.command(command)
            if peer.socket in ready:
                peer.receive()
            timers.run()
    except Ended as ended:
        peer.close()
        event("exit", code=ended.code, why=ended.why)
        return ended.code
