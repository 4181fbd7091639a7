"""Plays a Locust worker: the reference's 2.46, or a boomer or locust4j, whose habits differ.

It prints one JSON line per event and takes commands as JSON lines: {"do": "send", "type": ..., "data": ...}, {"do": "count"}, {"do": "pause"}, {"do": "resume"},
{"do": "vanish"}, {"do": "quit"}. Its users ask --host for /<class> at --rate requests per second in all, and it counts exactly what it asked for.
"""
import argparse
import os
import socket as sockets
import sys
import time
import uuid

import msgpack
import zmq

import wire
from requests_made import Load, Statistics


class Unreadable(Exception):
    """locust4j cannot read this message."""


def read_as_locust4j(value, inside="data"):
    """Accepts what its reader of msgpack does: maps with names as keys, arrays of texts, no bytes."""
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise Unreadable(f"{inside} has the key {key!r}")
            read_as_locust4j(item, f"{inside}.{key}")
    elif isinstance(value, list):
        if not all(isinstance(item, str) for item in value):
            raise Unreadable(f"{inside} is an array of other things than texts")
    elif not isinstance(value, (float, int, bool, str, type(None))):
        raise Unreadable(f"{inside} is of type {type(value).__name__}")


def resident():
    """Gives the bytes of memory in use, which getrusage only knows as the most there ever were, those of the parent's fork included."""
    with open("/proc/self/statm", encoding="ascii") as pages:
        return int(pages.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Worker:
    def __init__(self, options, timers):
        self.options = options
        self.timers = timers
        self.style = options.style
        self.version = -1 if self.style != "locust" or options.version == "-1" else options.version
        self.id = options.id or sockets.gethostname() + "_" + uuid.uuid4().hex
        self.context = zmq.Context()
        self.classes = {name: 0 for name in options.users.split(",")}
        self.statistics = Statistics(self.style)
        self.load = Load(options.host, options.rate, self.statistics)
        self.state = "ready"
        self.index = None
        self.tries = 0
        self.last_timestamp = 0
        self.stop_timeout = 0
        self.heartbeat_seen = None
        self.reading = True
        self.paused = False
        self.log = []
        self.logged = 0
        self.cpu = (time.monotonic(), time.process_time())
        self.connect()

    # The connection

    def connect(self):
        self.socket = wire.socket(self.context, zmq.DEALER, self.id)
        self.socket.connect(f"tcp://{self.options.master_host}:{self.options.port}")

    def announce(self):
        """Says that it is ready, again and again until the master acknowledges."""
        if self.index is not None:
            return
        self.tries += 1
        if self.tries > wire.CONNECT_RETRY_COUNT + 1:
            raise wire.Ended(255, "the master did not answer")
        self.send("client_ready", self.version)
        self.timers.after(wire.CONNECT_TIMEOUT, self.announce)

    def send(self, kind, data=None):
        if self.paused:
            return
        wire.event("sent", type=kind, data=data)
        self.socket.send(wire.encode(kind, data, self.id), zmq.NOBLOCK)

    def reset_connection(self):
        self.socket.close()
        self.connect()
        wire.event("reconnected")

    def reads(self):
        return self.reading and not self.paused

    def close(self):
        self.load.stop()
        self.socket.close()
        self.context.term()

    # What comes

    def receive(self):
        # One message at a time: after 'stop' nothing is read until the worker is ready again.
        try:
            kind, data, node = wire.decode(self.socket.recv(zmq.NOBLOCK))
            if self.style == "locust4j":
                read_as_locust4j(data)
        except (Unreadable, msgpack.exceptions.ExtraData, ValueError, UnicodeDecodeError) as failure:
            wire.event("unreadable", why=f"{type(failure).__name__}: {failure}")
            return
        wire.event("received", type=kind, data=data, node=node)
        handler = getattr(self, f"on_{kind}", None)
        if handler is None:
            wire.event("ignored", type=kind)
        else:
            handler(data)

    def on_ack(self, data):
        connected = self.index is not None
        self.index = data["index"] if data is not None and "index" in data else -1
        if connected:
            return
        self.say(f"Connected to locust master: {self.options.master_host}:{self.options.port}")
        self.timers.every(wire.HEARTBEAT_INTERVAL, self.heartbeat, first=0)
        self.timers.every(wire.WORKER_REPORT_INTERVAL, self.report, first=0 if self.style == "locust" else None)
        if self.style == "locust":
            self.timers.every(wire.WORKER_LOG_REPORT_INTERVAL, self.report_log, first=0)
            self.timers.every(wire.HEARTBEAT_INTERVAL, self.check_master)
        wire.event("ready", index=self.index)

    def on_spawn(self, job):
        integer = isinstance(job["timestamp"], int)
        if self.style == "boomer":
            # It compares integers only, and is silent about what it drops.
            if integer and job["timestamp"] <= self.last_timestamp:
                wire.event("discarded", timestamp=job["timestamp"])
                return
            self.last_timestamp = job["timestamp"] if integer else self.last_timestamp
            self.send("spawning")
        else:
            self.send("spawning")
            if job["timestamp"] <= self.last_timestamp:
                self.say("Discard spawn message with older or equal timestamp than timestamp of previous spawn message")
                wire.event("discarded", timestamp=job["timestamp"])
                return
            self.last_timestamp = job["timestamp"]
        job["parsed_options"].items()
        self.stop_timeout = job["stop_timeout"] or 0
        if self.state not in ("running", "spawning"):
            self.statistics.clear()
        self.enter("spawning")
        self.spawn(job["user_classes_count"], self.options.host or job["host"])

    def spawn(self, counts, host):
        if self.style == "locust":
            unknown = [name for name in counts if name not in self.classes]
            if unknown:
                # The greenlet of the ramp ends there: no 'spawning_complete', and the state stays.
                self.say(f"KeyError: {unknown[0]!r}")
                wire.event("crashed", why=f"KeyError: {unknown[0]!r}")
                return
            self.classes.update(counts)
        else:
            self.classes = dict(counts)
        self.load.run(self.classes, host)
        users = sum(self.classes.values())
        complete = {"user_classes_count": self.classes, "user_count": users}
        if self.style != "locust":
            complete = {"user_classes_count": self.classes, "count": users}
        self.send("spawning_complete", complete)
        self.enter("running")

    def on_stop(self, data):
        if self.style != "locust" and self.state not in ("running", "spawning"):
            wire.event("ignored", type="stop")
            return
        self.halt()
        self.send("client_stopped")
        self.reading = False
        self.timers.after(self.stop_timeout if self.style == "locust" else 0, self.ready_again)

    def halt(self):
        self.load.stop()
        self.classes = {name: 0 for name in self.classes}
        wire.event("counted", **self.statistics.counted())

    def ready_again(self):
        self.send("client_ready", self.version)
        self.enter("ready")
        self.reading = True

    def on_quit(self, data):
        self.say("Got quit message from master, shutting down...")
        if self.style == "locust4j":
            raise wire.Ended(0, "told to quit")
        self.leave()

    def leave(self):
        self.halt()
        if self.style == "locust":
            self.report()
        self.send("quit")
        # What was sent is to arrive.
        self.socket.setsockopt(zmq.LINGER, 2000)
        raise wire.Ended(0, "quit")

    def on_reconnect(self, data):
        if self.style == "locust":
            self.reset_connection()
        else:
            wire.event("ignored", type="reconnect")

    def on_heartbeat(self, data):
        self.heartbeat_seen = time.monotonic()

    def on_spawning_complete(self, data):
        if self.style == "locust":
            wire.event("all_spawned", user_count=data["user_count"])
        else:
            wire.event("ignored", type="spawning_complete")

    def on_update_user_class(self, data):
        if self.style == "locust":
            wire.event("updated", user_class=data["user_class_name"])
        else:
            wire.event("ignored", type="update_user_class")

    # What goes by itself

    def enter(self, state):
        if state != self.state:
            self.state = state
            wire.event("state", state=state)

    def heartbeat(self):
        then, used = self.cpu
        self.cpu = (time.monotonic(), time.process_time())
        share = 100 * (self.cpu[1] - used) / max(self.cpu[0] - then, 0.001)
        self.send("heartbeat", {"state": self.state, "current_cpu_usage": share, "current_memory_usage": resident()})

    def check_master(self):
        if self.heartbeat_seen is not None and time.monotonic() - self.heartbeat_seen > wire.MASTER_HEARTBEAT_TIMEOUT:
            self.say("Didn't get heartbeat from master in over 60s")
            self.leave()

    def report(self):
        if self.paused or (self.style != "locust" and self.state == "ready"):
            return
        data = self.statistics.take()
        data["user_classes_count"] = self.classes
        data["user_count"] = sum(self.classes.values())
        self.send("stats", data)

    def say(self, line):
        self.log = (self.log + [line])[-500:]
        self.logged += 1

    def report_log(self):
        if self.logged:
            self.send("logs", {"worker_id": self.id, "logs": self.log})
            self.logged = 0

    # The test

    def command(self, command):
        match command["do"]:
            case "send":
                self.send(command["type"], command.get("data"))
            case "count":
                wire.event("counted", **self.statistics.counted())
            case "pause":
                # As SIGSTOP does to a process: it neither reads nor sends, its connection stays.
                self.paused = True
                self.load.stop()
                wire.event("paused")
            case "resume":
                self.paused = False
                self.load.resume()
                wire.event("resumed")
            case "vanish":
                # As SIGKILL does: nothing more is sent.
                self.load.stop()
                wire.event("counted", **self.statistics.counted())
                os._exit(9)
            case "quit":
                self.leave()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--master-host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--id", help="by default the host's name and a random part")
    parser.add_argument("--users", default="User", help="the user classes it knows, with commas")
    parser.add_argument("--host", help="whom its users ask; by default the master's host")
    parser.add_argument("--rate", type=float, default=0, help="requests per second of all its users")
    parser.add_argument("--version", default=wire.VERSION, help="what it says its version is; -1 skips the master's check")
    parser.add_argument("--style", choices=["locust", "boomer", "locust4j"], default="locust")
    parser.add_argument("--max-seconds", type=float, default=300)
    options = parser.parse_args()
    timers = wire.Timers()
    worker = Worker(options, timers)
    wire.event("started", id=worker.id, version=worker.version)
    timers.after(0, worker.announce)
    return wire.loop(worker, wire.Commands(options.max_seconds), timers)


if __name__ == "__main__":
    sys.exit(main())
