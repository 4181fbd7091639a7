package io.katydid.cluster.wire;

import static java.util.stream.Collectors.toMap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Holds the messages of {@code golden.py} as Java has them, and the lines of what it printed. */
final class Golden {
    private static final String WORKER = "host_0123456789abcdef0123456789abcdef";
    private final Map<String, WireMessage> messages = new LinkedHashMap<>();

    private Golden() {
        toMaster();
        toWorkers();
        numbers();
        sizes();
    }

    static Map<String, WireMessage> messages() {
        return new Golden().messages;
    }

    /** Gives the bytes in hexadecimal by name; of long frames the length and the digest. */
    static Map<String, String> lines() throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(Objects.requireNonNull(Golden.class.getResourceAsStream("golden.tsv")),
            StandardCharsets.UTF_8))) {
            return lines(in.readAllAsString());
        }
    }

    static Map<String, String> lines(String text) {
        return text.lines().map(line -> line.split("\t")).collect(toMap(parts -> parts[0], parts -> parts[1], (one, _) -> {
            throw new IllegalStateException("twice: " + one);
        }, LinkedHashMap::new));
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** Makes a map of keys and values in turn, which may be null. */
    static Map<Object, Object> map(Object... parts) {
        var map = new LinkedHashMap<Object, Object>();
        for (int i = 0; i < parts.length; i += 2) map.put(parts[i], parts[i + 1]);
        return map;
    }

    private void add(String name, String type, Object data) {
        messages.put(name,
            new WireMessage(type, data, name.contains("PR-10") ? type.equals("quit") ? "w" : "h_0123" : name.startsWith("PR-28")
                ? "host_download_locustfile_0123" : name.startsWith("PR-") ? WORKER : "w"));
    }

    private static Map<Object, Object> entry(String name, String method) {
        return map("name", name, "method", method, "last_request_timestamp", 1700000003.25, "start_time", 1700000000.5, "num_requests", 3L,
            "num_none_requests", 0L, "num_failures", 1L, "total_response_time", 630.5, "max_response_time", 500L, "min_response_time", 9.5,
            "total_content_length", 70000L, "response_times", map(9L, 1L, 120L, 1L, 500L, 1L), "num_reqs_per_sec", map(1700000001L, 2L,
                1700000003L, 1L),
            "num_fail_per_sec", map(1700000003L, 1L));
    }

    private static Map<Object, Object> stats(List<?> stats, Map<?, ?> errors, Map<?, ?> classes, long users) {
        return map("stats", stats, "stats_total", entry("Aggregated", ""), "errors", errors, "user_classes_count", classes, "user_count",
            users);
    }

    private void toMaster() {
        var error = map("name", "/search", "method", "GET", "error", "HTTPError('500 Server Error')", "occurrences", 1L, "first_seen",
            1700000003.25, "last_seen", 1700000003.25);
        add("PR-10 client_ready", "client_ready", "2.46.3");
        add("PR-10 quit", "quit", null);
        add("PR-20 client_ready", "client_ready", "2.46.3");
        add("PR-20 client_ready unchecked", "client_ready", -1L);
        add("PR-21 heartbeat", "heartbeat", map("state", "running", "current_cpu_usage", 12.5, "current_memory_usage", 123456789L));
        add("PR-22 stats", "stats", stats(List.of(entry("/search", "GET")), map("9f".repeat(32), error), map("Browse", 7L, "Buy", 3L), 10));
        add("PR-22 stats idle", "stats", stats(List.of(), Map.of(), Map.of(), 0));
        add("PR-23 spawning", "spawning", null);
        add("PR-24 spawning_complete", "spawning_complete", map("user_classes_count", map("Browse", 7L, "Buy", 3L), "user_count", 10L));
        add("PR-25 client_stopped", "client_stopped", null);
        add("PR-26 exception", "exception", map("msg", "boom – 🦗", "traceback", "Traceback:\n" + "  line\n".repeat(40)));
        add("PR-27 logs", "logs", map("worker_id", WORKER, "logs", List.of("[INFO] a", "[INFO] b")));
        add("PR-28 locustfile", "locustfile", map("version", "2.46.3"));
        add("PR-29 quit", "quit", null);
        var custom = new ArrayList<Object>(List.of(map("name", "User-1", "age", 300L), new byte[]{0, (byte) 255}));
        custom.addAll(java.util.Arrays.asList(null, false, 1.0));
        add("PR-30 custom", "acknowledge_users", custom);
    }

    private void toWorkers() {
        var options = map("host", null, "num_users", 10L, "spawn_rate", 1.5, "tags", List.of("a", "b"), "headless", true);
        add("PR-40 ack", "ack", map("index", 0L));
        add("PR-40 ack old", "ack", null);
        add("PR-41 spawn", "spawn", spawn("http://localhost:8080", options));
        add("PR-41 spawn without host", "spawn", spawn(null, Map.of()));
        add("PR-42 spawning_complete", "spawning_complete", map("user_count", 10L));
        add("PR-43 stop", "stop", null);
        add("PR-44 quit", "quit", null);
        add("PR-45 reconnect", "reconnect", null);
        add("PR-46 heartbeat", "heartbeat", null);
        add("PR-47 update_user_class", "update_user_class", map("user_class_name", "Browse", "weight", 3L, "tasks", List.of("search")));
        add("PR-48 locustfile", "locustfile",
            map("locustfiles", List.of("http://host/a.py", map("filename", "a.py", "contents", "x = 1\n"))));
        add("PR-48 locustfile error", "locustfile", map("error", "no such file"));
        add("PR-49 custom", "test_users", map("nested", map("deep", List.of(List.of(1L, 2L), List.of()))));
    }

    private static Map<Object, Object> spawn(String host, Map<?, ?> options) {
        return map("timestamp", 1700000000.125, "user_classes_count", map("Browse", 7L, "Buy", 0L), "host", host, "stop_timeout", 0.0,
            "parsed_options", options);
    }

    private void numbers() {
        LongStream.of(0, 1, 127, 128, 255, 256, 65535, 65536, (1L << 32) - 1, 1L << 32, Long.MAX_VALUE, -1, -32, -33, -128, -129, -32768,
            -32769, -(1L << 31), -(1L << 31) - 1, Long.MIN_VALUE).forEach(number -> add("number " + number, "n", number));
        for (var large : List.of(BigInteger.ONE.shiftLeft(63), BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE))) {
            add("number " + large, "n", large);
        }
        add("decimal 0.0", "n", 0.0);
        add("decimal -0.0", "n", -0.0);
        add("decimal 1.0", "n", 1.0);
        add("decimal 0.1", "n", 0.1);
        add("decimal 1e+308", "n", 1e308);
        add("decimal inf", "n", Double.POSITIVE_INFINITY);
    }

    private void sizes() {
        for (int size : new int[]{0, 31, 32, 255, 256, 65535, 65536}) add("text " + size, "n", "x".repeat(size));
        for (int size : new int[]{0, 255, 256, 65535, 65536}) add("binary " + size, "n", "x".repeat(size).getBytes(StandardCharsets.UTF_8));
        for (int size : new int[]{0, 15, 16, 65535, 65536}) {
            add("list " + size, "n", Collections.nCopies(size, null));
            add("map " + size, "n", map(StreamSupport.stream(LongStream.range(0, size).spliterator(), false)
                .flatMap(number -> Stream.<Object>of(number, true)).toArray()));
        }
        add("keys", "n", map(100L, 1L, 1700000000L, 2L, -5L, 3L, "a", 4L));
        add("time", "n", Instant.parse("2026-01-31T12:30:00.000250Z"));
    }
}
