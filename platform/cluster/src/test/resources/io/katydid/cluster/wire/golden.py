"""Prints the frames of the reference's messages: name, a tab, and the bytes Python's msgpack makes of it.

    /usr/bin/python3 golden.py > golden.tsv
"""

import msgpack

WORKER = "host_0123456789abcdef0123456789abcdef"
ENTRY = {
    "name": "/search",
    "method": "GET",
    "last_request_timestamp": 1700000003.25,
    "start_time": 1700000000.5,
    "num_requests": 3,
    "num_none_requests": 0,
    "num_failures": 1,
    "total_response_time": 630.5,
    "max_response_time": 500,
    "min_response_time": 9.5,
    "total_content_length": 70000,
    "response_times": {9: 1, 120: 1, 500: 1},
    "num_reqs_per_sec": {1700000001: 2, 1700000003: 1},
    "num_fail_per_sec": {1700000003: 1},
}
TOTAL = dict(ENTRY, name="Aggregated", method="")
ERROR = {
    "name": "/search",
    "method": "GET",
    "error": "HTTPError('500 Server Error')",
    "occurrences": 1,
    "first_seen": 1700000003.25,
    "last_seen": 1700000003.25,
}
STATS = {
    "stats": [ENTRY],
    "stats_total": TOTAL,
    "errors": {"9f" * 32: ERROR},
    "user_classes_count": {"Browse": 7, "Buy": 3},
    "user_count": 10,
}
SPAWN = {
    "timestamp": 1700000000.125,
    "user_classes_count": {"Browse": 7, "Buy": 0},
    "host": "http://localhost:8080",
    "stop_timeout": 0.0,
    "parsed_options": {"host": None, "num_users": 10, "spawn_rate": 1.5, "tags": ["a", "b"], "headless": True},
}

FRAMES = [
    ("PR-10 client_ready", ("client_ready", "2.46.3", "h_0123")),
    ("PR-10 quit", ("quit", None, "w")),
    ("PR-20 client_ready", ("client_ready", "2.46.3", WORKER)),
    ("PR-20 client_ready unchecked", ("client_ready", -1, WORKER)),
    ("PR-21 heartbeat", ("heartbeat", {"state": "running", "current_cpu_usage": 12.5, "current_memory_usage": 123456789}, WORKER)),
    ("PR-22 stats", ("stats", STATS, WORKER)),
    ("PR-22 stats idle", ("stats", dict(STATS, stats=[], errors={}, user_classes_count={}, user_count=0), WORKER)),
    ("PR-23 spawning", ("spawning", None, WORKER)),
    ("PR-24 spawning_complete", ("spawning_complete", {"user_classes_count": {"Browse": 7, "Buy": 3}, "user_count": 10}, WORKER)),
    ("PR-25 client_stopped", ("client_stopped", None, WORKER)),
    ("PR-26 exception", ("exception", {"msg": "boom \u2013 \U0001f997", "traceback": "Traceback:\n" + "  line\n" * 40}, WORKER)),
    ("PR-27 logs", ("logs", {"worker_id": WORKER, "logs": ["[INFO] a", "[INFO] b"]}, WORKER)),
    ("PR-28 locustfile", ("locustfile", {"version": "2.46.3"}, "host_download_locustfile_0123")),
    ("PR-29 quit", ("quit", None, WORKER)),
    ("PR-30 custom", ("acknowledge_users", [{"name": "User-1", "age": 300}, b"\x00\xff", None, False, 1.0], WORKER)),
    ("PR-40 ack", ("ack", {"index": 0}, WORKER)),
    ("PR-40 ack old", ("ack", None, WORKER)),
    ("PR-41 spawn", ("spawn", SPAWN, WORKER)),
    ("PR-41 spawn without host", ("spawn", dict(SPAWN, host=None, parsed_options={}), WORKER)),
    ("PR-42 spawning_complete", ("spawning_complete", {"user_count": 10}, WORKER)),
    ("PR-43 stop", ("stop", None, WORKER)),
    ("PR-44 quit", ("quit", None, WORKER)),
    ("PR-45 reconnect", ("reconnect", None, WORKER)),
    ("PR-46 heartbeat", ("heartbeat", None, WORKER)),
    ("PR-47 update_user_class", ("update_user_class", {"user_class_name": "Browse", "weight": 3, "tasks": ["search"]}, WORKER)),
    ("PR-48 locustfile", ("locustfile", {"locustfiles": ["http://host/a.py", {"filename": "a.py", "contents": "x = 1\n"}]}, WORKER)),
    ("PR-48 locustfile error", ("locustfile", {"error": "no such file"}, WORKER)),
    ("PR-49 custom", ("test_users", {"nested": {"deep": [[1, 2], []]}}, WORKER)),
]
EDGES = [0, 1, 127, 128, 255, 256, 65535, 65536, 2**32 - 1, 2**32, 2**63 - 1, 2**63, 2**64 - 1]
EDGES += [-1, -32, -33, -128, -129, -32768, -32769, -(2**31), -(2**31) - 1, -(2**63)]
FRAMES += [(f"number {n}", ("n", n, "w")) for n in EDGES]
FRAMES += [(f"decimal {n}", ("n", n, "w")) for n in [0.0, -0.0, 1.0, 0.1, 1e308, float("inf")]]
FRAMES += [(f"text {n}", ("n", "x" * n, "w")) for n in [0, 31, 32, 255, 256, 65535, 65536]]
FRAMES += [(f"binary {n}", ("n", b"x" * n, "w")) for n in [0, 255, 256, 65535, 65536]]
FRAMES += [(f"list {n}", ("n", [None] * n, "w")) for n in [0, 15, 16, 65535, 65536]]
FRAMES += [(f"map {n}", ("n", {i: True for i in range(n)}, "w")) for n in [0, 15, 16, 65535, 65536]]
FRAMES += [("keys", ("n", {100: 1, 1700000000: 2, -5: 3, "a": 4}, "w"))]
FRAMES += [("time", ("n", {"__datetime__": True, "as_str": "20260131T12:30:00.000250"}, "w"))]

if __name__ == "__main__":
    import hashlib

    for name, message in FRAMES:
        frame = msgpack.dumps(message)
        # Long frames by their length and digest.
        text = frame.hex() if len(frame) <= 4096 else f"{len(frame)} {hashlib.sha256(frame).hexdigest()}"
        print(name, text, sep="\t")
