package io.katydid.http;

import static io.katydid.http.HttpUser.allowRedirects;
import static io.katydid.http.HttpUser.json;
import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.param;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the table of the two users in the bundle's README, and proves each of its cells by what the users do. */
class TwoUsersTest {
    private final Map<String, Proof> proofs = new HashMap<>();
    private WireServer server;

    /** Proves what a cell says of a user. */
    private interface Proof { void of(Flavour flavour, String cell) throws Exception; }

    @BeforeEach void start() throws Exception {
        server = WireServer.plain((seen, wire) -> {
            var path = seen.target().replaceFirst("\\?.*", "");
            if (path.startsWith("/status/")) wire.answer(Integer.parseInt(path.substring(8)), "");
            else if (path.startsWith("/chain/")) wire.answer(302, "", "Location: /chain/" + (Integer.parseInt(path.substring(7)) + 1));
            else wire.answer(200, "ok");
        });
        proofs.put("`client`", TwoUsersTest::client);
        proofs.put("certificates", TwoUsersTest::certificates);
        proofs.put("connection / network timeout", TwoUsersTest::timeouts);
        proofs.put("default name", this::defaultName);
        proofs.put("success", this::success);
        proofs.put("failure text", this::failureText);
        proofs.put("`Accept-Encoding`", this::acceptEncoding);
        proofs.put("`Accept` of `json(…)`", this::acceptOfJson);
        proofs.put("redirects", this::redirects);
        proofs.put("retries, connections per user", TwoUsersTest::retriesAndConnections);
        proofs.put("engine", this::engine);
    }

    @AfterEach void stop() throws Exception {
        server.close();
    }

    @Test
    @Parity({"SD-20", "SD-23", "UM-95", "UM-120", "UM-121", "UM-122", "UM-123", "UM-124", "UM-126", "UM-131",
        "UM-134"}) void eachCellIsTrue()
            throws Exception {
        int rows = 0;
        var lines = Files.readAllLines(Path.of("README.md"));
        int first = lines.indexOf("| | `HttpUser` | `FastHttpUser` |");
        assertThat(first).as("the head of the table in README.md").isNotNegative();
        for (var line : lines.subList(first + 2, lines.size())) {
            if (!line.startsWith("|")) break;
            var cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            assertThat(cells).as(line).hasSize(4);
            assertThat(proofs).as("a proof of the row").containsKey(cells.get(1));
            proofs.get(cells.get(1)).of(Flavour.HTTP, cells.get(2));
            proofs.get(cells.get(1)).of(Flavour.FAST, cells.get(3));
            rows++;
        }
        assertThat(rows).isEqualTo(11).isEqualTo(proofs.size());
    }

    private static void client(Flavour flavour, String cell) throws Exception {
        var user = flavour.isFast() ? FastHttpUser.class : HttpUser.class;
        assertThat("`" + user.getField("client").getType().getSimpleName() + "`").isEqualTo(cell);
    }

    private static void certificates(Flavour flavour, String cell) throws Exception {
        var authority = new Authority("nobody knows");
        try (var secure = WireServer.secure(authority.presenting(authority.identity("localhost", "127.0.0.1")),
            (_, wire) -> wire.answer(200, ""))) {
            var trial = Trial.of(flavour, secure.url(), _ -> {}, user -> user.client.get("/"));
            switch (cell) {
                case "verified" ->
                    assertThat(trial.failures()).singleElement().asString().contains("unable to find valid certification path");
                case "not verified" -> trial.clean();
                default -> throw new AssertionError(cell);
            }
        }
    }

    /** An hour is too long for a test: the numbers are read, and that they are kept is TimeoutsTest's. */
    private static void timeouts(Flavour flavour, String cell) {
        var options = new HttpOptions();
        flavour.apply(options);
        assertThat(said(options.connectionTimeout()) + " / " + said(options.networkTimeout())).isEqualTo(cell);
    }

    private static String said(double seconds) { return seconds == 0 ? "none" : Math.round(seconds) + " s"; }

    private void defaultName(Flavour flavour, String cell) throws Exception {
        var given = server.url() + "/item?id=1";
        var trial = Trial.of(flavour, server.url(), _ -> {}, user -> {
            user.client.get(given, param("more", 2));
            user.client.get("item");
        });
        assertThat(trial.names()).isEqualTo(switch (cell) {
            case "path and query of the first URL" -> List.of("GET /item?id=1&more=2", "GET /item");
            case "the URL argument as given" -> List.of("GET " + given, "GET item");
            default -> throw new AssertionError(cell);
        });
    }

    private void success(Flavour flavour, String cell) throws Exception {
        var good = new TreeSet<Integer>();
        if (cell.equals("status < 400")) {
            IntStream.range(200, 400).forEach(good::add);
        } else {
            for (var range : cell.split(", ")) {
                var ends = Arrays.stream(range.split("–")).mapToInt(Integer::parseInt).toArray();
                IntStream.rangeClosed(ends[0], ends[ends.length - 1]).forEach(good::add);
            }
        }
        var seen = new TreeSet<Integer>();
        var trial = Trial.of(flavour, server.url(), _ -> {}, user -> {
            for (int status = 200; status < 600; status++) if (user.client.get("/status/" + status).ok()) seen.add(status);
        });
        assertThat(seen).isEqualTo(good);
        assertThat(trial.environment().stats().total().numRequests()).isEqualTo(400);
        assertThat(trial.environment().stats().total().numFailures()).isEqualTo(400 - good.size());
    }

    private void failureText(Flavour flavour, String cell) throws Exception {
        var trial = Trial.of(flavour, server.url(), _ -> {}, user -> {
            user.client.get("/status/404", name("mine"));
            user.client.get("/status/404");
        });
        assertThat(trial.failures()).containsExactly(cell.replace("`", "").replace("<name>", "mine"),
            cell.replace("`", "").replace("<name>", "/status/404"));
    }

    private void acceptEncoding(Flavour flavour, String cell) throws Exception {
        Trial.of(flavour, server.url(), _ -> {}, user -> user.client.get("/")).clean();
        assertThat(server.last().all("Accept-Encoding")).containsExactly(cell.replace("`", ""));
    }

    private void acceptOfJson(Flavour flavour, String cell) throws Exception {
        Trial.of(flavour, server.url(), _ -> {}, user -> user.client.post("/", json(1))).clean();
        assertThat(server.last().all("Accept")).containsExactly(cell.replace("`", ""));
    }

    private void redirects(Flavour flavour, String cell) throws Exception {
        int before = server.seen.size();
        var trial = Trial.of(flavour, server.url(), _ -> {}, user -> {
            user.client.get("/chain/0");
            user.client.get("/chain/0", allowRedirects(false));
        });
        int followed = server.seen.size() - before - 2;
        assertThat(trial.failures()).containsExactly("TooManyRedirects: Exceeded " + followed + " redirects.");
        var heads = Trial.of(flavour, server.url(), _ -> {}, user -> user.client.head("/chain/0"));
        assertThat(followed + (heads.failures().isEmpty() ? "; `HEAD` not" : "")).isEqualTo(cell);
    }

    private static void retriesAndConnections(Flavour flavour, String cell) throws Exception {
        var refused = new AtomicInteger();
        try (var resetting = WireServer.plain((_, wire) -> {
            refused.incrementAndGet();
            wire.reset();
        })) {
            Trial.of(flavour, resetting.url(), _ -> {}, user -> user.client.get("/"));
        }
        var together = new CountDownLatch(1);
        try (var holding = WireServer.plain((_, wire) -> {
            together.await();
            wire.answer(200, "");
        })) {
            Trial.of(flavour, holding.url(), _ -> {}, user -> {
                var children = IntStream.range(0, 15).mapToObj(_ -> Thread.startVirtualThread(() -> user.client.get("/"))).toList();
                Await.until(() -> holding.seen.size() >= 10);
                together.countDown();
                for (var child : children) child.join();
            }).clean();
            assertThat(holding.seen).hasSize(15);
            assertThat(refused.get() - 1 + ", " + holding.connections()).isEqualTo(cell);
        }
    }

    private void engine(Flavour flavour, String cell) throws Exception {
        Trial.of(flavour, server.url(), _ -> {}, user -> {
            assertThat(user.client).isExactlyInstanceOf(DefaultSession.class).isSameAs(user.session());
            if (user instanceof FastHttpUser fast) assertThat(fast.client).isSameAs(user.session());
        });
        assertThat(cell).isEqualTo("the same codec and loop");
    }
}
