"""Plays a Locust master: the reference's 2.46, or one of 2.12, which neither answers heartbeats nor says that all users are spawned.

It prints one JSON line per event and takes commands as JSON lines:
{"do": "spawn", "classes": {"User": 4}, "rate": 2, "host": ..., "stop_timeout": 0, "options": {...}}, {"do": "stop"}, {"do": "quit"},
{"do": "send", "type": ..., "data": ..., "to": id}, {"do": "raw", "hex": ..., "to": id}, {"do": "stats"}, {"do": "vanish"}.
"""
import argparse
import math
import os
import sys
import time

import msgpack
import zmq

import wire
from merged import Merged


class Node:
    """What the master knows of one worker."""

    def __init__(self, id):
        self.id = id
        self.state = "ready"
        self.heartbeat = wire.HEARTBEAT_LIVENESS
        self.classes = {}


class Master:
    def __init__(self, options, timers):
        self.options = options
        self.timers = timers
        self.old = options.style == "2.12"
        self.context = zmq.Context()
        self.socket = wire.socket(self.context, zmq.ROUTER)
        self.socket.setsockopt(zmq.ROUTER_HANDOVER, int(options.handover))
        if options.port:
            self.socket.bind(f"tcp://{options.host}:{options.port}")
            self.port = options.port
        else:
            self.port = self.socket.bind_to_random_port(f"tcp://{options.host}")
        self.nodes = {}
        self.indexes = {}
        self.merged = Merged()
        self.state = "ready"
        self.ramp = []
        self.job = None
        self.dispatching = False
        self.last_timestamp = 0.0
        timers.every(wire.HEARTBEAT_INTERVAL, self.age)

    def reads(self):
        return True

    def close(self):
        self.socket.close()
        self.context.term()

    def send(self, kind, data, id):
        wire.event("sent", type=kind, data=data, to=id)
        self.socket.send_multipart([id.encode(), wire.encode(kind, data, id)])

    def broadcast(self, kind, data=None):
        for id in list(self.nodes):
            self.send(kind, data, id)

    def index(self, id):
        return self.indexes.setdefault(id, len(self.indexes))

    def usable(self):
        """Gives the workers that may have users, in the order in which users are dealt to them."""
        known = [node for node in self.nodes.values() if node.state in ("ready", "spawning", "running")]
        return sorted(known, key=lambda node: (self.index(node.id), node.id))

    # What comes

    def receive(self):
        frames = self.socket.recv_multipart()
        id = None
        try:
            id = frames[0].decode()
            kind, data, node = wire.decode(frames[1])
        except (ValueError, TypeError, UnicodeDecodeError, msgpack.exceptions.UnpackException) as failure:
            wire.event("unreadable", id=id or frames[0], why=f"{type(failure).__name__}: {failure}")
            if id in self.nodes:
                self.send("reconnect", None, id)
            return
        wire.event("received", type=kind, data=data, node=node, id=id, bytes=len(frames[1]))
        handler = getattr(self, f"on_{kind}", None)
        if handler is None:
            wire.event("unknown", type=kind, id=id)
        else:
            try:
                handler(id, node, data)
            except (KeyError, TypeError, AttributeError, ValueError) as failure:
                wire.event("failed", type=kind, id=id, why=f"{type(failure).__name__}: {failure}")
        self.check_stopped()

    def on_client_ready(self, id, node, data):
        if not data:
            wire.event("refused", id=id, why="An old (pre 2.0) worker tried to connect")
            return
        if data not in (-1, wire.VERSION):
            wire.event("other_version", id=id, version=data, warned=data[0:4] != wire.VERSION[0:4])
        self.send("ack", {"index": self.index(id)}, id)
        self.nodes[id] = Node(id)
        wire.event("ready", id=id, index=self.index(id), workers=len(self.usable()))
        if self.job is not None and self.state == "running" and not self.dispatching:
            self.start(self.job)

    def on_client_stopped(self, id, node, data):
        if self.nodes.pop(node, None) is None:
            wire.event("unknown_worker", type="client_stopped", id=node)

    def on_heartbeat(self, id, node, data):
        if node in self.nodes:
            worker = self.nodes[node]
            worker.heartbeat = wire.HEARTBEAT_LIVENESS
            healed = worker.state == "missing"
            worker.state = data["state"]
            if healed:
                wire.event("healed", id=node, state=data["state"])
                if self.job is not None and self.state == "running" and not self.dispatching:
                    self.start(self.job)
            if not self.old:
                self.send("heartbeat", None, id)

    def on_stats(self, id, node, data):
        self.merged.add(node, data)
        if node in self.nodes:
            self.nodes[node].classes = data["user_classes_count"]

    def on_spawning(self, id, node, data):
        if node in self.nodes:
            self.nodes[node].state = "spawning"
        else:
            wire.event("unknown_worker", type="spawning", id=node)
            self.send("quit", None, id)

    def on_spawning_complete(self, id, node, data):
        if node not in self.nodes:
            wire.event("unknown_worker", type="spawning_complete", id=node)
            return
        self.nodes[node].state = "running"
        self.nodes[node].classes = data["user_classes_count"]

    def on_quit(self, id, node, data):
        if self.nodes.pop(node, None) is not None:
            self.lost(node, "quit")

    def on_exception(self, id, node, data):
        known = self.merged.exceptions.setdefault(data["traceback"], {"msg": data["msg"], "count": 0, "nodes": []})
        known["count"] += 1
        known["nodes"] = sorted({*known["nodes"], node})

    def on_logs(self, id, node, data):
        wire.event("logs", id=data["worker_id"], logs=data["logs"])

    def on_locustfile(self, id, node, data):
        if self.options.locustfile is None:
            self.send("locustfile", {"error": "locustfile must be a full path to a single locustfile"}, id)
            return
        with open(self.options.locustfile, encoding="utf-8") as text:
            self.send("locustfile", {"locustfiles": [{"filename": os.path.basename(self.options.locustfile), "contents": text.read()}]}, id)

    def check_stopped(self):
        """Runs after every message; without a usable worker any message means stopped, whatever was before."""
        stopped = self.state == "stopping" and all(node.state == "ready" for node in self.nodes.values())
        if stopped or not self.usable():
            self.enter("stopped")

    # Lost workers

    def age(self):
        """Takes one from each worker's lives: without heartbeats it is missing after four or five seconds, and forgotten a minute later."""
        for node in list(self.nodes.values()):
            node.heartbeat -= 1
            if node.heartbeat < 0 and node.state != "missing":
                node.state = "missing"
                node.classes = {}
                wire.event("missing", id=node.id)
                self.lost(node.id, "went missing")
            if node.heartbeat <= wire.HEARTBEAT_DEAD:
                del self.nodes[node.id]
                wire.event("removed", id=node.id)
                if self.job is not None and self.state in ("spawning", "running"):
                    self.start(self.job)

    def lost(self, id, how):
        wire.event("lost", id=id, how=how, workers=len(self.usable()))
        if not self.usable():
            if self.state in ("spawning", "running"):
                wire.event("last_worker", how=how)
                self.stop()
        elif self.job is not None and self.state == "running" and not self.dispatching and (how == "quit" or self.options.enable_rebalancing):
            self.start(self.job)

    # Users

    def enter(self, state):
        if state != self.state:
            self.state = state
            wire.event("state", state=state)

    def start(self, job):
        """Deals the users one by one to the workers in turn, and begins to send who should run where."""
        if not self.usable():
            wire.event("refused", why="You can't start a distributed test before at least one worker processes has connected")
            return
        if self.state not in ("spawning", "running"):
            self.merged = Merged()
        again = job is self.job
        self.job = job
        self.enter("spawning")
        names = self.turns(job["classes"])
        workers = self.usable()
        plan = [(workers[i % len(workers)].id, name) for i, name in enumerate(names)]
        step = max(1, math.floor(job.get("rate", 1)))
        # After a worker came or went, all users are dealt anew at once.
        known = len(plan) if again else 0
        ends = list(range(known + step, len(plan), step)) if not again else []
        self.ramp = [plan[:end] for end in [*ends, len(plan)]]
        self.pause = step / job.get("rate", 1)
        self.dispatching = True
        self.step()

    @staticmethod
    def turns(classes):
        """Gives the classes of all users in the order in which they are started: the least served one by its share is next."""
        order = []
        given = {name: 0 for name in sorted(classes)}
        for _ in range(sum(classes.values())):
            name = min((name for name in given if given[name] < classes[name]), key=lambda name: (given[name] / classes[name], name))
            given[name] += 1
            order.append(name)
        return order

    def step(self):
        if self.state != "spawning":
            self.dispatching = False
            return
        dealt = self.ramp.pop(0)
        # Strictly later than the one before, however coarse the clock is.
        self.last_timestamp = max(time.time(), self.last_timestamp + 1e-6)
        for node in self.usable():
            counts = {name: 0 for name in sorted(self.job["classes"])}
            for id, name in dealt:
                if id == node.id:
                    counts[name] += 1
            self.send("spawn", {"timestamp": self.last_timestamp, "user_classes_count": counts, "host": self.job.get("host"),
                "stop_timeout": self.job.get("stop_timeout", 0.0), "parsed_options": self.job.get("options", {})}, node.id)
        if self.ramp:
            self.timers.after(self.pause, self.step)
        else:
            self.waits_until = time.monotonic() + 1
            self.await_counts()

    def await_counts(self):
        """Waits for the workers to say that they have their users, a second at most."""
        if self.state != "spawning":
            self.dispatching = False
            return
        wanted = sum(self.job["classes"].values())
        running = sum(sum(node.classes.values()) for node in self.usable())
        if running != wanted and time.monotonic() < self.waits_until:
            self.timers.after(0.01, self.await_counts)
            return
        self.dispatching = False
        self.enter("running")
        wire.event("spawned", user_count=running, wanted=wanted)
        if not self.old:
            self.broadcast("spawning_complete", {"user_count": running})

    def stop(self):
        if self.state in ("ready", "stopped", "stopping"):
            return
        self.enter("stopping")
        self.ramp = []
        self.job = None
        self.broadcast("stop")
        self.check_stopped()

    # The test

    def command(self, command):
        match command["do"]:
            case "spawn":
                self.start(command)
            case "stop":
                self.stop()
            case "quit":
                self.broadcast("quit")
                self.timers.after(0.5, self.leave)
            case "send":
                if "to" in command:
                    self.send(command["type"], command.get("data"), command["to"])
                else:
                    self.broadcast(command["type"], command.get("data"))
            case "raw":
                self.socket.send_multipart([command["to"].encode(), bytes.fromhex(command["hex"])])
            case "stats":
                wire.event("stats", **self.merged.all())
            case "vanish":
                os._exit(9)

    def leave(self):
        wire.event("stats", **self.merged.all())
        raise wire.Ended(0, "quit")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one")
    parser.add_argument("--style", choices=["2.46", "2.12"], default="2.46")
    parser.add_argument("--enable-rebalancing", action="store_true")
    # The reference does not, so a worker that comes again before its old connection has ended there is never heard again.
    parser.add_argument("--handover", action="store_true", help="give the name of a connection to the one that comes under it later")
    parser.add_argument("--locustfile", help="the text a worker gets that asks for it")
    parser.add_argument("--max-seconds", type=float, default=300)
    options = parser.parse_args()
    timers = wire.Timers()
    master = Master(options, timers)
    wire.event("listening", port=master.port)
    return wire.loop(master, wire.Commands(options.max_seconds), timers)


if __name__ == "__main__":
    sys.exit(main())
