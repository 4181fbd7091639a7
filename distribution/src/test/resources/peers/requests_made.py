"""What the users of a worker really ask for, and the statistics a worker of each kind makes of it."""
import http.client
import threading
import time
import urllib.parse

from wire import bucket, error_key


class Entry:
    """The statistics of one name, in the fields and the order of the wire."""

    def __init__(self, name, method):
        self.name = name
        self.method = method
        self.last_request_timestamp = None
        self.start_time = time.time()
        self.num_requests = 0
        self.num_none_requests = 0
        self.num_failures = 0
        self.total_response_time = 0.0
        self.max_response_time = 0.0
        self.min_response_time = None
        self.total_content_length = 0
        self.response_times = {}
        self.num_reqs_per_sec = {}
        self.num_fail_per_sec = {}

    def add(self, milliseconds, length, failed):
        self.last_request_timestamp = time.time()
        second = int(self.last_request_timestamp)
        self.num_requests += 1
        self.num_reqs_per_sec[second] = self.num_reqs_per_sec.get(second, 0) + 1
        self.total_response_time += milliseconds
        self.max_response_time = max(self.max_response_time, milliseconds)
        self.min_response_time = milliseconds if self.min_response_time is None else min(self.min_response_time, milliseconds)
        self.total_content_length += length
        self.response_times[bucket(milliseconds)] = self.response_times.get(bucket(milliseconds), 0) + 1
        if failed:
            self.num_failures += 1
            self.num_fail_per_sec[second] = self.num_fail_per_sec.get(second, 0) + 1


FIELDS = ["name", "method", "last_request_timestamp", "start_time", "num_requests", "num_none_requests", "num_failures", "total_response_time",
    "max_response_time", "min_response_time", "total_content_length", "response_times", "num_reqs_per_sec", "num_fail_per_sec"]


class Statistics:
    """Collects what was not reported yet, and beside it counts all that was ever made."""

    def __init__(self, style):
        self.total_name = "Aggregated" if style == "locust" else "Total"
        self.seen_times = style == "locust"
        self.lock = threading.Lock()
        self.made = {"requests": 0, "failures": 0}
        self.clear()

    def clear(self):
        with self.lock:
            self.empty()

    def empty(self):
        self.entries = {}
        self.errors = {}
        self.total = Entry(self.total_name, "")

    def add(self, name, milliseconds, length, error):
        with self.lock:
            for entry in (self.entries.setdefault(name, Entry(name, "GET")), self.total):
                entry.add(milliseconds, length, error is not None)
            self.made["requests"] += 1
            if error is not None:
                self.made["failures"] += 1
                self.add_error(name, error)

    def add_error(self, name, error):
        now = time.time()
        seen = {"first_seen": now, "last_seen": now} if self.seen_times else {}
        fresh = {"method": "GET", "name": name, "error": error, "occurrences": 0, **seen}
        known = self.errors.setdefault(error_key("GET", name, error), fresh)
        known["occurrences"] += 1
        if self.seen_times:
            known["last_seen"] = now

    def take(self):
        """Gives what came since the last report."""
        with self.lock:
            data = {"stats": [self.fields(entry) for entry in self.entries.values()], "stats_total": self.fields(self.total), "errors": self.errors}
            self.empty()
            return data

    @staticmethod
    def fields(entry):
        return {field: getattr(entry, field) for field in FIELDS}

    def counted(self):
        with self.lock:
            return dict(self.made)


class Load:
    """Asks the target in a thread of its own, one request after the other, at a steady rate while there are users."""

    def __init__(self, host, rate, statistics):
        self.host = host
        self.rate = rate
        self.statistics = statistics
        self.users = []
        self.turn = 0
        self.thread = None
        self.ending = threading.Event()

    def run(self, classes, host):
        """Sets who is running, and whom they ask."""
        self.stop()
        self.users = [name for name, count in classes.items() for _ in range(count)]
        self.host = host
        self.resume()

    def resume(self):
        if self.users and self.rate > 0 and self.host:
            self.ending.clear()
            self.thread = threading.Thread(target=self.ask_on, daemon=True)
            self.thread.start()

    def stop(self):
        """Returns when the request in flight has ended, so that it is counted."""
        self.ending.set()
        if self.thread is not None:
            self.thread.join()
            self.thread = None

    def ask_on(self):
        target = urllib.parse.urlsplit(self.host)
        connection = http.client.HTTPConnection(target.hostname, target.port, timeout=10)
        due = time.monotonic()
        while not self.ending.wait(max(0, due - time.monotonic())):
            due += 1 / self.rate
            self.turn += 1
            self.ask(connection, f"{target.path}/{self.users[self.turn % len(self.users)]}")
        connection.close()

    def ask(self, connection, path):
        begin = time.perf_counter()
        length = 0
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            length = len(answer.read())
            error = None if answer.status < 400 else f"HTTPError('{answer.status} Client Error: {answer.reason} for url: {path}')"
        except OSError as failure:
            connection.close()
            error = repr(failure)
        self.statistics.add(path, (time.perf_counter() - begin) * 1000, length, error)
