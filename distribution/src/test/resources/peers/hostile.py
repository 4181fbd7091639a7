"""Plays a peer that means harm, or is broken: one mode per kind of it. It joins as a worker, or with --as master lets a worker join.

With --register it is a known worker first. It prints one JSON line per event, 'done' when it has sent all it has, and what it is answered until standard input closes.
"""
import argparse
import os
import random
import socket as sockets
import sys
import time

import msgpack
import zmq

import wire

MEBIBYTE = 1 << 20
WORKER_TYPES = ["client_ready", "heartbeat", "stats", "spawning", "spawning_complete", "client_stopped", "exception", "logs", "locustfile", "quit"]
MASTER_TYPES = ["ack", "spawn", "spawning_complete", "stop", "reconnect", "heartbeat", "update_user_class", "locustfile"]
WRONG_VALUES = [None, True, 7, -7.5, "text", b"\xff\xfe", [], [1, None], {}, {"index": "x"}, {1: {2: 3}}, msgpack.ExtType(42, b"x"), 2**64 - 1]


def entry(name="/hostile", requests=7, **changed):
    now = time.time()
    return {"name": name, "method": "GET", "last_request_timestamp": now, "start_time": now - 1, "num_requests": requests, "num_none_requests": 0,
        "num_failures": 0, "total_response_time": 7.0, "max_response_time": 1.0, "min_response_time": 1.0, "total_content_length": 0,
        "response_times": {1: requests}, "num_reqs_per_sec": {int(now): requests}, "num_fail_per_sec": {}, **changed}


def stats(**changed):
    return {"stats": [entry(**changed)], "stats_total": entry(**{**changed, "name": "Aggregated", "method": ""}), "errors": {}, "user_classes_count": {"User": 1},
        "user_count": 1}


def spawn():
    return {"timestamp": time.time(), "user_classes_count": {"User": 1}, "host": "http://127.0.0.1:9", "stop_timeout": 0.0, "parsed_options": {}}


def with_fields_spoiled(data):
    """Gives the data once for each field and each wrong value."""
    for field in data:
        yield {key: value for key, value in data.items() if key != field}
        for value in WRONG_VALUES:
            yield {**data, field: value}


class Frames:
    """The frames of each mode, for a peer of this name."""

    def __init__(self, id, master):
        self.id = id
        self.types = MASTER_TYPES if master else WORKER_TYPES
        self.good = ("spawn", spawn()) if master else ("stats", stats())

    def message(self, kind, data=None):
        return msgpack.packb((kind, data, self.id))

    def garbage(self):
        chance = random.Random(17)
        yield b""
        yield b"\xc1"
        yield b"GET / HTTP/1.1\r\n\r\n"
        yield b"\xdf\xff\xff\xff\xff"
        yield b"\xdd\xff\xff\xff\xff"
        yield b"\xc6\xff\xff\xff\xff"
        for other in (None, 7, "stats", {}, [], ["stats"], ["stats", None], ["stats", None, self.id, 4], [b"\xff", None, self.id], [None, None, None]):
            yield msgpack.packb(other)
        yield self.message(*self.good) + b"\x00"
        yield b"\x93\xa5\xff\xfe\xfd\xfc\xfb\xc0\xc0"
        for length in range(1, 200):
            yield chance.randbytes(length)

    def truncated(self):
        whole = self.message(*self.good)
        for length in range(len(whole)):
            yield whole[:length]

    def huge(self):
        if self.good[0] == "stats":
            yield self.message("stats", stats(name="x" * (70 * MEBIBYTE)))
        else:
            yield self.message("spawn", {**spawn(), "host": "x" * (70 * MEBIBYTE)})

    def wrong_types(self):
        for kind in self.types:
            for value in WRONG_VALUES:
                yield self.message(kind, value)
        if self.good[0] == "spawn":
            for data in with_fields_spoiled(spawn()):
                yield self.message("spawn", data)
            return
        for data in with_fields_spoiled(stats()):
            yield self.message("stats", data)
        for spoiled in with_fields_spoiled(entry()):
            yield self.message("stats", {**stats(), "stats": [spoiled]})
        for data in with_fields_spoiled({"state": "ready", "current_cpu_usage": 1.0, "current_memory_usage": 1}):
            yield self.message("heartbeat", data)
        error = {"method": "GET", "name": "/", "error": "no", "occurrences": 1, "first_seen": 1.0, "last_seen": 1.0}
        for data in with_fields_spoiled(error):
            yield self.message("stats", {**stats(), "errors": {"k": data}})
        for data in with_fields_spoiled({"user_classes_count": {"User": 1}, "user_count": 1}):
            yield self.message("spawning_complete", data)
        for data in with_fields_spoiled({"msg": "m", "traceback": "t"}):
            yield self.message("exception", data)
        for data in with_fields_spoiled({"worker_id": self.id, "logs": ["l"]}):
            yield self.message("logs", data)

    def deep(self):
        start, end = b"\x93" + msgpack.packb(self.good[0]), msgpack.packb(self.id)
        for depth in (600, 10_000, 1_000_000):
            yield start + b"\x91" * depth + b"\xc0" + end
            yield start + b"\x81\xa1k" * depth + b"\xc0" + end

    def million(self):
        many = {key: 1 for key in range(1_000_000)}
        if self.good[0] == "stats":
            yield self.message("stats", stats(response_times=many))
            yield self.message("stats", {**stats(), "user_classes_count": {f"U{key}": 1 for key in many}})
        else:
            yield self.message("spawn", {**spawn(), "user_classes_count": {f"U{key}": 0 for key in many}})

    def unknown_types(self):
        for kind in ("bogus", "", "\0\x1b[2J\r\n", "x" * MEBIBYTE, "ack", "spawn", "toString", "__class__"):
            yield self.message(kind, {"of": "no use"})

    def unknown_spawning(self):
        yield self.message("spawning")
        yield self.message("spawning_complete", {"user_classes_count": {"User": 5}, "user_count": 5})

    def unknown_stats(self):
        yield self.message("stats", stats())

    def unknown_others(self):
        yield self.message("heartbeat", {"state": "running", "current_cpu_usage": 99.0, "current_memory_usage": 1})
        yield self.message("client_stopped")
        yield self.message("quit")

    def other_node(self):
        """Speaks in the name of somebody else."""
        yield msgpack.packb(("heartbeat", {"state": "running", "current_cpu_usage": 1.0, "current_memory_usage": 1}, "somebody_else"))
        yield msgpack.packb(("stats", stats(), "somebody_else"))
        yield msgpack.packb(("quit", None, "somebody_else"))

    def empty_version(self):
        yield self.message("client_ready", "")
        yield self.message("client_ready", None)
        yield self.message("client_ready", 0)

    def integer_version(self):
        yield self.message("client_ready", 7)

    def silent(self):
        return iter(())


SPECIAL = ["duplicate", "slow_reader", "vanishing", "many", "raw_tcp"]
MODES = [name for name in vars(Frames) if not name.startswith("_") and name != "message"] + SPECIAL


class Hostile:
    def __init__(self, options):
        self.options = options
        self.context = zmq.Context()
        self.context.set(zmq.MAX_SOCKETS, 4096)
        self.master = getattr(options, "as") == "master"
        self.poller = zmq.Poller()
        self.sockets = []
        self.plain = []
        if self.master:
            self.bound = wire.socket(self.context, zmq.ROUTER)
            self.port = self.bound.bind_to_random_port("tcp://127.0.0.1")
            self.add(self.bound)

    def add(self, opened):
        self.sockets.append(opened)
        self.poller.register(opened, zmq.POLLIN)
        return opened

    def connect(self, id, **limits):
        opened = wire.socket(self.context, zmq.DEALER, id)
        for option, value in limits.items():
            opened.setsockopt(getattr(zmq, option), value)
        opened.connect(f"tcp://127.0.0.1:{self.options.port}")
        return self.add(opened)

    def register(self, opened, id):
        """Says that it is ready, and waits for the acknowledgement."""
        opened.send(wire.encode("client_ready", -1, id))
        if not opened.poll(10_000):
            raise wire.Ended(4, "the master did not acknowledge within 10 s")
        wire.event("registered", id=id, answer=wire.decode(opened.recv())[0])

    def await_worker(self):
        """Lets a worker join, and gives its id."""
        if not self.bound.poll(60_000):
            raise wire.Ended(4, "no worker came within 60 s")
        identity, payload = self.bound.recv_multipart()
        id = identity.decode()
        wire.event("received", type=wire.decode(payload)[0], id=id)
        self.bound.send_multipart([identity, wire.encode("ack", {"index": 0}, id)])
        wire.event("registered", id=id)
        return id

    def run(self):
        mode, id = self.options.mode, self.options.id
        if self.master:
            wire.event("listening", port=self.port)
            id = self.await_worker()
            self.send_all(Frames(id, True), lambda frame: self.bound.send_multipart([id.encode(), frame]))
        elif mode in SPECIAL:
            getattr(self, mode)(id)
        else:
            opened = self.connect(id)
            if self.options.register:
                self.register(opened, id)
            self.send_all(Frames(id, False), opened.send)
        self.watch()

    def send_all(self, frames, send):
        count = 0
        for frame in getattr(frames, self.options.mode)():
            send(frame)
            count += 1
        wire.event("done", frames=count)

    def duplicate(self, id):
        """Is two workers of one identity."""
        first = self.connect(id)
        self.register(first, id)
        second = self.connect(id)
        second.send(wire.encode("client_ready", -1, id))
        second.send(wire.encode("stats", stats(), id))
        wire.event("done", frames=3)

    def slow_reader(self, id):
        """Goes on sending heartbeats, and never reads what it is sent."""
        opened = self.connect(id, RCVHWM=1, RCVBUF=4096)
        self.register(opened, id)
        self.poller.unregister(opened)
        wire.event("done", frames=1)
        alive = wire.encode("heartbeat", {"state": "ready", "current_cpu_usage": 1.0, "current_memory_usage": 1}, id)
        self.each_second = lambda: opened.send(alive, zmq.NOBLOCK)

    def vanishing(self, id):
        """Is there, and then is not: nothing is said, the connection just ends."""
        self.register(self.connect(id), id)
        wire.event("done", frames=1)
        os._exit(9)

    def many(self, id):
        for number in range(self.options.count):
            opened = self.connect(f"{id}_{number}")
            if self.options.register:
                opened.send(wire.encode("client_ready", -1, f"{id}_{number}"))
        wire.event("done", frames=self.options.count)

    def raw_tcp(self, id):
        """Does not speak ZeroMQ at all, or stops in the middle of its greeting."""
        greeting = b"\xff" + bytes(8) + b"\x7f\x03\x00NULL" + bytes(48)
        texts = [b"", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", greeting[:1], greeting[:10], greeting, greeting + b"\x06" + b"\xff" * 8,
            bytes(64), b"\xff" * 4096]
        for text in texts:
            opened = sockets.create_connection(("127.0.0.1", self.options.port))
            opened.sendall(text)
            self.plain.append(opened)
        wire.event("done", frames=len(texts))

    each_second = staticmethod(lambda: None)

    def watch(self):
        """Tells what it is answered, until the test lets go."""
        commands = wire.Commands(self.options.max_seconds)
        self.poller.register(0, zmq.POLLIN)
        while True:
            commands.check_time()
            for ready, _ in self.poller.poll(1000):
                if ready == 0:
                    commands.read()
                else:
                    self.tell(ready.recv_multipart())
            self.each_second()

    @staticmethod
    def tell(frames):
        try:
            kind, data, node = wire.decode(frames[-1])
            wire.event("received", type=kind, data=data, node=node)
        except (ValueError, TypeError, msgpack.exceptions.UnpackException) as failure:
            wire.event("unreadable", why=str(failure))

    def close(self):
        for opened in self.sockets:
            opened.close()
        self.context.term()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", choices=MODES, required=True)
    parser.add_argument("--as", choices=["worker", "master"], default="worker")
    parser.add_argument("--port", type=int, help="the master's; as master it chooses a free one itself")
    parser.add_argument("--id", default="hostile_1")
    parser.add_argument("--register", action="store_true", help="be a known worker first")
    parser.add_argument("--count", type=int, default=1000, help="how many connections the mode 'many' makes")
    parser.add_argument("--max-seconds", type=float, default=300)
    options = parser.parse_args()
    hostile = Hostile(options)
    try:
        hostile.run()
    except wire.Ended as ended:
        hostile.close()
        wire.event("exit", code=ended.code, why=ended.why)
        return ended.code


if __name__ == "__main__":
    sys.exit(main())
