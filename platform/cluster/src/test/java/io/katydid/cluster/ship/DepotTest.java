package io.katydid.cluster.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A depot answers. */
class DepotTest {
    private final List<Good> goods = new ArrayList<>(List.of(new Good(Kind.SCRIPT, "0/Shop.java", new Good.Text("shop")),
        new Good(Kind.SCRIPT, "1/a/One.java", new Good.Text("one")), new Good(Kind.SCRIPT, "1/Two.java", new Good.Text("two")),
        new Good(Kind.SCRIPT, "2/Far.java", new Good.Text("far"), Optional.of("https://h/Far.java"))));
    private final LinkedBlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final Depot depot = new Depot(() -> goods, (id, type, data) -> answers.add(new Answer(id, type, data)));

    private record Answer(String id, String type, @Nullable Object data) {}

    @AfterEach void close() {
        depot.close();
    }

    /** Gives the next answer's data without its number, which is read at once. */
    private Map<?, ?> nextData(String id) throws InterruptedException {
        var data = new HashMap<Object, @Nullable Object>((Map<?, ?>) next().data());
        depot.chunk(id, Map.of("read", List.of(data.remove("number"))));
        return data;
    }

    private Answer next() throws InterruptedException {
        var answer = answers.poll(20, TimeUnit.SECONDS);
        if (answer == null) throw new AssertionError("No answer within 20 s");
        return answer;
    }

    @Test
    @Parity({"PR-48", "PR-94"}) void aWorkerOfTheReferenceGetsTextsAndAddresses() throws Exception {
        depot.script("h_download_locustfile_1", Map.of("version", "2.46.3"));
        assertThat(next()).isEqualTo(new Answer("h_download_locustfile_1", "locustfile", Map.of("locustfiles", List.of(
            Map.of("filename", "Shop.java", "contents", "shop"), Map.of("filename", "One.java", "contents", "one"),
            Map.of("filename", "Two.java", "contents", "two"), "https://h/Far.java"))));
    }

    @Test void anErrorIsAnAnswerToo() throws Exception {
        goods.add(new Good(Kind.DATA, "../x", new Good.Text("x")));
        depot.script("w", Map.of("version", "2.46.3", "katydid", 1L));
        assertThat(next()).isEqualTo(new Answer("w", "katydid_files",
            Map.of("error", "The file '../x' is not shipped: its name leads out of the folder. Rename it at the master.")));
    }

    @Test void piecesAreOfWhatWasListedOnly() throws Exception {
        var hash = Sha256.of("shop".getBytes(StandardCharsets.UTF_8));
        depot.chunk("w", Map.of("sha256", hash, "offset", 0L));
        assertThat(nextData("w")).as("nobody has asked for the list").isEqualTo(Map.of("sha256", hash, "offset", 0L));
        depot.script("w", Map.of("katydid", 1L));
        nextData("w");
        depot.chunk("w", Map.of("sha256", hash, "offset", 1L));
        assertThat(nextData("w").get("bytes")).isEqualTo("hop".getBytes(StandardCharsets.UTF_8));
        for (long offset : List.of(4L, -1L, Long.MAX_VALUE)) {
            depot.chunk("w", Map.of("sha256", hash, "offset", offset));
            assertThat(nextData("w")).isEqualTo(Map.of("sha256", hash, "offset", offset));
        }
        depot.chunk("w", "nonsense");
        depot.chunk("w", Map.of("sha256", "0".repeat(64), "offset", 0L));
        assertThat(nextData("w")).isEqualTo(Map.of("sha256", "0".repeat(64), "offset", 0L));
        assertThat(answers).isEmpty();
    }

    @Test void piecesWaitForTheirTurnWhenMuchIsOnItsWay() throws Exception {
        var hash = Sha256.of("shop".getBytes(StandardCharsets.UTF_8));
        var numbers = new HashMap<String, Object>();
        for (int client = 0; client < 5; client++) {
            for (long offset = 0; offset < 8; offset++) depot.chunk("w" + client, Map.of("sha256", hash, "offset", offset));
        }
        // Eight mebibytes are 32 pieces, whatever is in them.
        for (int i = 0; i < 32; i++) {
            var answer = next();
            assertThat(answer.id()).isEqualTo("w" + i / 8);
            numbers.putIfAbsent(answer.id(), ((Map<?, ?>) answer.data()).get("number"));
        }
        assertThat(answers).isEmpty();
        depot.chunk("w2", Map.of("read", List.of(numbers.get("w2"))));
        assertThat(next().id()).as("the one that was asked for first of those that wait").isEqualTo("w4");
    }

    @Test void whoDoesNotReadGetsNoMore() throws Exception {
        for (int i = 0; i < 20; i++) depot.script("deaf", Map.of("katydid", 1L));
        depot.script("other", Map.of("katydid", 1L));
        for (int i = 0; i < 8; i++) assertThat(next().id()).isEqualTo("deaf");
        assertThat(next().id()).isEqualTo("other");
    }
}
