"""What a master makes of its workers' reports."""

COUNTS = ["num_requests", "num_none_requests", "num_failures", "total_response_time", "total_content_length"]


class Merged:
    """The sums of what workers reported: exact, as each report holds what came since the one before."""

    def __init__(self):
        self.entries = {}
        self.total = {}
        self.errors = {}
        self.by_worker = {}
        self.exceptions = {}

    def add(self, worker, data):
        for entry in data["stats"]:
            self.extend(self.entries.setdefault(f"{entry['method']} {entry['name']}", {}), entry)
        self.extend(self.total, data["stats_total"])
        self.by_worker[worker] = self.by_worker.get(worker, 0) + data["stats_total"]["num_requests"]
        for key, error in data["errors"].items():
            known = self.errors.setdefault(key, {**error, "occurrences": 0})
            known["occurrences"] += error["occurrences"]

    @staticmethod
    def extend(sums, entry):
        for field in COUNTS:
            sums[field] = sums.get(field, 0) + entry[field]
        for field in ["response_times", "num_reqs_per_sec", "num_fail_per_sec"]:
            known = sums.setdefault(field, {})
            for key, count in entry[field].items():
                known[key] = known.get(key, 0) + count
        sums["max_response_time"] = max(sums.get("max_response_time", 0), entry["max_response_time"])
        least = [value for value in (sums.get("min_response_time"), entry["min_response_time"]) if value is not None]
        sums["min_response_time"] = min(least, default=None)

    def all(self):
        return {"entries": self.entries, "total": self.total, "errors": self.errors, "by_worker": self.by_worker, "exceptions": self.exceptions}
