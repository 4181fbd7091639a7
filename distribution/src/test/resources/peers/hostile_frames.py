"""The frames of each kind of harm, for a peer of some name, as a worker or as a master."""
import random
import time

import msgpack

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

    def classes(self):
        many = {f"U{key}": 1 for key in range(600_000)}
        if self.good[0] == "stats":
            yield self.message("stats", {**stats(), "user_classes_count": many})
        else:
            yield self.message("spawn", {**spawn(), "user_classes_count": many})

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
