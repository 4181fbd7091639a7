package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Proves the peers that Katydid's cluster is tested against on each other: what one sends the other reads, and no request is lost or counted twice. */
class LocustPeersIT {
    private static final List<String> BY_THE_CLOCK = List.of("heartbeat", "stats", "logs");

    private static int port(LocustPeer master) throws Exception { return master.await("listening").get("port").intValue(); }

    private static Map<String, Object> users(String host, int users) {
        return Map.of("classes", Map.of("Buyer", users / 2, "Reader", users - users / 2), "rate", users / 2, "host", host);
    }

    private static LocustPeer worker(int port, String id, String... more) throws Exception {
        var arguments = new ArrayList<>(List.of("--id", id, "--users", "Buyer,Reader", "--rate", "100"));
        arguments.addAll(List.of(more));
        return LocustPeer.worker(port, arguments.toArray(String[]::new));
    }

    /** Starts a worker when the first one is known: who comes first has the first index and the first users. */
    private static LocustPeer secondWorker(LocustPeer master, String id) throws Exception {
        master.await("ready");
        return worker(port(master), id);
    }

    private static void awaitState(LocustPeer peer, String state) throws Exception {
        peer.await("state", each -> each.get("state").stringValue().equals(state));
    }

    /** Gives what went one way, type and data, as one side saw it. */
    private static List<String> frames(LocustPeer side, String direction, String field, String id) {
        return side.events(direction).stream().filter(each -> field.isEmpty() || each.get(field).stringValue().equals(id))
            .map(each -> each.get("type").stringValue() + " " + each.get("data")).toList();
    }

    private static List<String> types(LocustPeer side, String direction) {
        return side.events(direction).stream().map(each -> each.get("type").stringValue()).filter(type -> !BY_THE_CLOCK.contains(type))
            .toList();
    }

    private static long counted(LocustPeer worker) { return worker.events("counted").getLast().get("requests").longValue(); }

    @Test void framesAreTheReferencesBytes() throws Exception {
        assertThat(LocustPeer.wire("wire.encode('client_ready', '2.46.3', 'h_0123').hex()"))
            .isEqualTo("93ac" + "636c69656e745f7265616479" + "a6322e34362e33" + "a6685f30313233");
        assertThat(LocustPeer.wire("wire.encode('client_ready', -1, 'h_0123').hex()"))
            .isEqualTo("93ac" + "636c69656e745f7265616479" + "ff" + "a6685f30313233");
        assertThat(LocustPeer.wire("wire.encode('quit', None, 'w').hex()")).isEqualTo("93a471756974c0a177");
        assertThat(LocustPeer.wire("wire.msgpack.dumps({100: 1}).hex()")).isEqualTo("816401");
        assertThat(LocustPeer.wire("wire.msgpack.dumps({1700000000: 2}).hex()")).isEqualTo("81ce6553f10002");
        assertThat(LocustPeer.wire("[wire.bucket(t) for t in (1.5, 99.9, 147, 999, 3432, 9999, 58760)]"))
            .isEqualTo("[2, 100, 150, 1000, 3400, 10000, 59000]");
    }

    @Test void masterAndWorkersAgreeFrameByFrameAndOnEachRequest() throws Exception {
        try (var server = new ShopServer();
            var master = LocustPeer.master();
            var first = worker(port(master), "hostA_1");
            var second = secondWorker(master, "hostB_2")) {
            master.await("ready", 2, _ -> true);
            master.tell("spawn", users(server.url(), 8));
            master.await("spawned", each -> each.get("user_count").intValue() == 8);
            // Two reports each, so that deltas are added.
            for (var id : List.of("hostA_1", "hostB_2")) master.await("received", 3, each -> isStats(each, id));
            master.tell("stop");
            awaitState(master, "stopped");
            for (var worker : List.of(first, second)) worker.await("counted");
            master.await("ready", 4, _ -> true);
            master.tell("quit");
            assertThat(List.of(first.exitCode(), second.exitCode(), master.exitCode())).containsOnly(0);
            compareFrames(master, first, "hostA_1");
            compareFrames(master, second, "hostB_2");
            var merged = master.await("stats");
            assertThat(server.total()).isGreaterThan(200);
            assertThat(merged.at("/total/num_requests").longValue()).isEqualTo(server.total()).isEqualTo(counted(first) + counted(second));
            assertThat(merged.at("/by_worker/hostA_1").longValue()).isEqualTo(counted(first));
            for (var name : List.of("Buyer", "Reader")) {
                var entry = merged.get("entries").get("GET /" + name);
                assertThat(entry.get("num_requests").longValue()).as(name).isEqualTo(server.count("GET /" + name));
                assertThat(entry.get("response_times").valueStream().mapToLong(JsonNode::longValue).sum())
                    .isEqualTo(server.count("GET /" + name));
            }
            theClockIsKept(first);
        }
    }

    private static boolean isStats(JsonNode event, String id) {
        return event.get("type").stringValue().equals("stats") && event.get("id").stringValue().equals(id)
            && !event.at("/data/stats").isEmpty();
    }

    private static void compareFrames(LocustPeer master, LocustPeer worker, String id) {
        assertThat(frames(worker, "sent", "", id)).hasSizeGreaterThan(10).isEqualTo(frames(master, "received", "id", id));
        assertThat(frames(worker, "received", "", id)).hasSizeGreaterThan(10).isEqualTo(frames(master, "sent", "to", id));
        assertThat(types(worker, "sent")).containsExactly("client_ready", "spawning", "spawning_complete", "spawning", "spawning_complete",
            "client_stopped", "client_ready", "quit");
        assertThat(types(worker, "received")).containsExactly("ack", "spawn", "spawn", "spawning_complete", "stop", "ack", "quit");
        var spawns = worker.messages("received", "spawn");
        assertThat(spawns.getFirst().at("/data/timestamp").doubleValue()).isLessThan(spawns.getLast().at("/data/timestamp").doubleValue());
        assertThat(spawns).extracting(each -> each.at("/data/user_classes_count").toString())
            .containsExactlyElementsOf(id.equals("hostA_1") ? List.of("{\"Buyer\":2,\"Reader\":0}", "{\"Buyer\":4,\"Reader\":0}")
                : List.of("{\"Buyer\":0,\"Reader\":2}", "{\"Buyer\":0,\"Reader\":4}"));
        assertThat(worker.messages("received", "ack")).extracting(each -> each.at("/data/index").intValue()).hasSize(2)
            .containsOnly(id.equals("hostA_1") ? 0 : 1);
    }

    /** Heartbeats come each second and reports every three, each with what the reference's have. */
    private static void theClockIsKept(LocustPeer worker) {
        var heartbeats = worker.messages("sent", "heartbeat");
        double seconds = heartbeats.getLast().get("at").doubleValue() - heartbeats.getFirst().get("at").doubleValue();
        assertThat(heartbeats.size() - 1.0).isBetween(seconds - 1.5, seconds + 1.5);
        assertThat(heartbeats).allSatisfy(each -> assertThat(each.get("data").propertyNames())
            .containsExactly("state", "current_cpu_usage", "current_memory_usage"));
        assertThat(heartbeats).extracting(each -> each.at("/data/state").stringValue()).contains("ready", "running");
        var reports = worker.messages("sent", "stats");
        // The last one came with the end.
        IntStream.range(1, reports.size() - 1)
            .forEach(i -> assertThat(reports.get(i).get("at").doubleValue() - reports.get(i - 1).get("at").doubleValue())
                .isBetween(2.0, 4.0));
        assertThat(reports).allSatisfy(each -> {
            assertThat(each.get("data").propertyNames()).containsExactly("stats", "stats_total", "errors", "user_classes_count",
                "user_count");
            assertThat(each.at("/data/stats_total").propertyNames()).containsExactly("name", "method", "last_request_timestamp",
                "start_time", "num_requests",
                "num_none_requests", "num_failures", "total_response_time", "max_response_time", "min_response_time",
                "total_content_length",
                "response_times", "num_reqs_per_sec", "num_fail_per_sec");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"locust", "boomer", "locust4j"}) void eachKindOfWorkerIsCountedExactly(String style) throws Exception {
        try (var server = new ShopServer();
            var master = LocustPeer.master();
            var worker = worker(port(master), "foreign_1", "--style", style)) {
            master.await("ready");
            master.tell("spawn", users(server.url() + "/not/exist", 4));
            master.await("spawned", each -> each.get("user_count").intValue() == 4);
            master.await("received", 2, each -> isStats(each, "foreign_1"));
            master.tell("stop");
            long requests = worker.await("counted").get("requests").longValue();
            master.await("ready", 2, _ -> true);
            if (style.equals("locust")) {
                master.tell("quit");
            } else {
                // These report nothing while they are idle: what is left comes with the next test.
                master.tell("stats");
            }
            var merged = master.await("stats");
            assertThat(requests).isEqualTo(server.total()).isGreaterThan(100);
            long reported = merged.at("/total/num_requests").longValue();
            if (style.equals("locust")) assertThat(reported).isEqualTo(requests);
            else assertThat(reported).isBetween(requests - 350, requests);
            assertThat(merged.at("/total/num_failures").longValue()).isEqualTo(reported);
            var errors = merged.get("errors").valueStream().toList();
            assertThat(errors).hasSize(2).allSatisfy(error -> {
                assertThat(error.get("error").stringValue()).startsWith("HTTPError('404 Client Error: Not Found for url: /not/exist/");
                assertThat(error.has("first_seen")).isEqualTo(style.equals("locust"));
            });
            assertThat(errors.stream().mapToLong(error -> error.get("occurrences").longValue()).sum()).isEqualTo(reported);
            assertThat(merged.get("errors").propertyNames()).allMatch(key -> key.matches("[0-9a-f]{64}"));
            theirHabitsAre(style, master, worker);
        }
    }

    private static void theirHabitsAre(String style, LocustPeer master, LocustPeer worker) {
        boolean locust = style.equals("locust");
        var versions = master.messages("received", "client_ready");
        assertThat(versions).extracting(each -> each.get("data").asString()).hasSize(2).containsOnly(locust ? "2.46.3" : "-1");
        var report = master.messages("received", "stats").getLast();
        assertThat(report.at("/data/stats_total/name").stringValue()).isEqualTo(locust ? "Aggregated" : "Total");
        assertThat(master.messages("received", "logs").isEmpty()).isEqualTo(!locust);
        assertThat(worker.events("ignored").isEmpty()).isEqualTo(locust);
        assertThat(master.messages("received", "spawning_complete").getLast().at("/data/" + (locust ? "user_count" : "count")).intValue())
            .isEqualTo(4);
    }

    @Test void olderSpawnsAreDroppedAndUnknownClassesStopTheRamp() throws Exception {
        try (var master = LocustPeer.master(); var worker = worker(port(master), "w_1")) {
            master.await("ready");
            master.tell("spawn", users("http://127.0.0.1:9", 2));
            master.await("spawned");
            master.tell("send",
                Map.of("type", "spawn", "data", Map.of("timestamp", 1.5, "user_classes_count", Map.of("Buyer", 9), "host", "",
                    "stop_timeout", 0.0, "parsed_options", Map.of())));
            assertThat(worker.await("discarded").get("timestamp").doubleValue()).isEqualTo(1.5);
            master.tell("send",
                Map.of("type", "spawn", "data", Map.of("timestamp", 4e9, "user_classes_count", Map.of("Ghost", 1), "host", "",
                    "stop_timeout", 0.0, "parsed_options", Map.of())));
            assertThat(worker.await("crashed").get("why").stringValue()).isEqualTo("KeyError: 'Ghost'");
            master.await("received", 4,
                each -> each.get("type").stringValue().equals("spawning") || each.get("type").stringValue().equals("spawning_complete"));
            assertThat(worker.messages("sent", "spawning")).hasSize(worker.messages("sent", "spawning_complete").size() + 2);
        }
    }

    @Test void aWorkerReconnectsVanishesAndHeals() throws Exception {
        try (var master = LocustPeer.master("--handover");
            var worker = worker(port(master), "w_1");
            var other = worker(port(master), "w_2")) {
            master.await("ready", 2, _ -> true);
            master.tell("send", Map.of("type", "reconnect", "to", "w_1"));
            worker.await("reconnected");
            worker.tell("send", Map.of("type", "hello", "data", List.of(1, "two")));
            assertThat(master.await("unknown").get("type").stringValue()).isEqualTo("hello");
            assertThat(master.messages("received", "hello").getFirst().get("data").toString()).isEqualTo("[1,\"two\"]");
            worker.tell("pause");
            assertThat(master.await("missing").get("id").stringValue()).isEqualTo("w_1");
            worker.tell("resume");
            assertThat(master.await("healed").get("id").stringValue()).isEqualTo("w_1");
            other.tell("vanish");
            assertThat(other.exitCode()).isEqualTo(9);
            master.tell("spawn", users("http://127.0.0.1:9", 2));
            master.await("missing", each -> each.get("id").stringValue().equals("w_2"));
            worker.tell("quit");
            assertThat(master.await("last_worker").get("how").stringValue()).isEqualTo("quit");
            awaitState(master, "stopped");
        }
    }

    @Test void versionsAreJudgedAsTheReferenceJudgesThem() throws Exception {
        try (var master = LocustPeer.master();
            var old = worker(port(master), "old_1", "--version", "");
            var patch = worker(port(master), "patch_1", "--version", "2.46.9");
            var minor = worker(port(master), "minor_1", "--version", "2.12.1")) {
            assertThat(master.await("refused").get("id").stringValue()).isEqualTo("old_1");
            patch.await("ready");
            minor.await("ready");
            master.await("other_version", 2, _ -> true);
            assertThat(master.events("other_version")).extracting(each -> each.get("id").stringValue() + " " + each.get("warned"))
                .containsExactlyInAnyOrder("patch_1 false", "minor_1 true");
            // It asks again after 5 s, and is refused again.
            master.await("refused", 2, _ -> true);
            assertThat(old.messages("received", "ack")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "truncated", "huge", "wrong_types", "deep", "million", "unknown_types", "unknown_spawning",
        "unknown_stats",
        "unknown_others", "other_node", "empty_version", "integer_version", "silent", "duplicate", "slow_reader", "vanishing", "many",
        "raw_tcp"}) void aHostilePeerSendsAllItMeansToSend(String mode) throws Exception {
        try (var master = LocustPeer.master(); var hostile = LocustPeer.hostile(mode, port(master))) {
            int frames = hostile.await("done").get("frames").intValue();
            assertThat(frames).isGreaterThanOrEqualTo(mode.equals("silent") ? 0 : 1);
            try (var good = worker(port(master), "good_1")) {
                good.await("ready");
                assertThat(master.isAlive()).isTrue();
            }
            if (mode.equals("garbage") || mode.equals("truncated")) assertThat(master.events("unreadable")).hasSizeGreaterThan(frames / 2);
            // The good worker's report may arrive before the hostile one's, which takes its time.
            if (mode.equals("huge"))
                master.await("received",
                    each -> each.get("type").stringValue().equals("stats") && each.get("bytes").longValue() > 70L << 20);
        }
    }

    @Test void aHostileMasterSpoilsWhatItSends() throws Exception {
        try (var master = LocustPeer.hostileMaster("truncated"); var worker = worker(port(master), "w_1")) {
            int frames = master.await("done").get("frames").intValue();
            worker.await("unreadable", frames, _ -> true);
            assertThat(frames).isGreaterThan(50);
            assertThat(worker.isAlive()).isTrue();
        }
    }

    @Test void aPeerEndsWithItsTest() throws Exception {
        var master = LocustPeer.master();
        port(master);
        master.close();
        assertThat(master.exitCode()).isZero();
        assertThat(master.await("exit").get("why").stringValue()).isEqualTo("standard input closed");
        try (var brief = LocustPeer.master("--max-seconds", "1")) {
            assertThat(brief.exitCode()).isEqualTo(3);
            assertThat(brief.await("exit").get("why").stringValue()).isEqualTo("its time is over");
        }
    }
}
