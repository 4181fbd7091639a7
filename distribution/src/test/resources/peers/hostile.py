"""Plays a peer that means harm, or is broken: one mode per kind of it. It joins as a worker, or with --as master lets a worker join.

With --register it is a known worker first. It prints one JSON line per event, 'done' when it has sent all it has, and what it is answered until standard input closes.
"""
import argparse
import os
import socket as sockets
import sys

import msgpack
import zmq

import wire
from hostile_frames import Frames, stats

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
        texts = [b"", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", greeting[:1], greeting[:10], greeting,
            greeting + b"\x06" + b"\xff" * 8, bytes(64), b"\xff" * 4096]
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
