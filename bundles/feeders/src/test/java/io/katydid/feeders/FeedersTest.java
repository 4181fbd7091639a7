package io.katydid.feeders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.launcher.Katydid;
import io.katydid.parity.Parity;
import io.katydid.testkit.EmbeddedKatydid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedersTest {
    private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();
    private static Path csv = Path.of("");
    private static Path json = Path.of("");

    @TempDir Path folder;

    @BeforeEach void write() throws IOException {
        SEEN.clear();
        csv = rows(1000);
        json = Files.writeString(folder.resolve("rows.json"), "[{\"id\": 1, \"tags\": [\"a\"]}, {\"id\": 2}]");
    }

    private Path rows(int number) throws IOException {
        return Files.writeString(folder.resolve("rows.csv"),
            "id,text\n" + IntStream.range(0, number).mapToObj(i -> i + ",\"a, \"\"b\"\"\"\n").collect(Collectors.joining()));
    }

    /** Takes rows until there is no other. */
    abstract static class Taker extends User {
        private final Feeder<Map<String, String>> feeder = feeder();
        private int taken;

        abstract Feeder<Map<String, String>> feeder();

        @Task void take() {
            SEEN.add(feeder.next().get("id"));
            if (++taken == 500) throw new StopUser();
        }
    }

    public static final class Sequential extends Taker {
        @Override Feeder<Map<String, String>> feeder() { return Feeders.csv(this, csv.toString()).sequential(); }
    }

    public static final class Circular extends Taker {
        @Override Feeder<Map<String, String>> feeder() { return Feeders.csv(this, csv.toString()).circular(); }
    }

    public static final class Random extends Taker {
        @Override Feeder<Map<String, String>> feeder() { return Feeders.csv(this, csv.toString()).random(); }
    }

    public static final class Unique extends Taker {
        @Override Feeder<Map<String, String>> feeder() { return Feeders.csv(this, csv.toString()).unique(); }
    }

    private static Map<String, Long> run(Class<? extends User> type, int users) throws Exception {
        try (var katydid = EmbeddedKatydid.open(Katydid.environment(type).loops(2))) {
            katydid.runUntil(users, "no user any more", () -> katydid.runner().userCount() == 0);
            assertThat(katydid.environment().stats().exceptions()).isEmpty();
        }
        return SEEN.stream().collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    }

    @Test void sequentialGivesEachRowOnceAndThenEndsTheTest() throws Exception {
        assertThat(run(Sequential.class, 10)).hasSize(1000).allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
    }

    @Test void circularGivesAllRowsEquallyOften() throws Exception {
        assertThat(run(Circular.class, 10)).hasSize(1000).allSatisfy((_, times) -> assertThat(times).isEqualTo(5));
    }

    @Test void randomGivesAnyRow() throws Exception {
        var seen = run(Random.class, 10);
        assertThat(seen.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(5000);
        assertThat(seen).as("all but 7 of 1000 are to be expected in 5000 picks").hasSizeBetween(950, 1000);
        assertThat(seen.values()).anyMatch(times -> times > 5).anyMatch(times -> times < 5);
    }

    @Test void uniqueGivesEachUserARowOfItsOwnAndEndsThoseForWhomThereIsNone() throws Exception {
        csv = rows(8);
        assertThat(run(Unique.class, 10)).hasSize(8).allSatisfy((_, times) -> assertThat(times).isEqualTo(500));
    }

    /** Reads both kinds of files in both environments of a test. */
    public static final class Both extends User {
        private final Feeder<Map<String, String>> rows = Feeders.csv(this, csv.toString()).circular();
        private final Feeder<Map<String, Object>> objects = Feeders.json(this, json.toString()).circular();

        @Task void take() {
            SEEN.add(rows.next() + " " + objects.next() + " " + objects.next());
            throw new StopUser();
        }
    }

    @Test void eachEnvironmentBeginsAtTheFirstRow() throws Exception {
        for (int i = 0; i < 2; i++) run(Both.class, 1);
        assertThat(SEEN).hasSize(2).containsOnly("{id=0, text=a, \"b\"} {id=1, tags=[a]} {id=2}");
    }

    @Test
    @Parity("LP-4") void theReadersOfTheReferenceBeginAnewAtTheEnd() throws Exception {
        csv = rows(2);
        var plain = new CSVReader(csv.toString());
        assertThat(List.of(plain.next(), plain.next(), plain.next(), plain.next())).containsExactly(List.of("id", "text"),
            List.of("0", "a, \"b\""),
            List.of("1", "a, \"b\""), List.of("id", "text"));
        var named = new CSVDictReader(csv.toString());
        assertThat(List.of(named.next().get("id"), named.next().get("id"), named.next().get("id"))).containsExactly("0", "1", "0");
        assertThat(named.hasNext()).isTrue();
    }

    @Test void whatCannotBeReadIsSaidInWords() throws Exception {
        assertThatThrownBy(() -> new CSVReader("no/such.csv")).isInstanceOf(KatydidException.class)
            .hasMessageContaining("no/such.csv cannot be read: ")
            .hasMessageContaining("NoSuchFile")
            .hasMessageEndingWith("Is the path right, seen from the folder you started in, and is it CSV in UTF-8?");
        var ragged = Files.writeString(folder.resolve("ragged.csv"), "a,b\n1,2\n1,2,3\n");
        assertThatThrownBy(() -> new CSVDictReader(ragged.toString())).hasMessageContaining("ragged.csv cannot be read")
            .hasMessageContaining("3");
        var empty = Files.writeString(folder.resolve("empty.csv"), "a,b\n");
        assertThatThrownBy(() -> new CSVDictReader(empty.toString())).hasMessageEndingWith("empty.csv has no rows. Give it at least one.");
        var wrong = Files.writeString(folder.resolve("wrong.json"), "{\"a\": 1}");
        assertThatThrownBy(() -> JsonFile.objects(wrong)).hasMessageContaining("wrong.json cannot be read")
            .hasMessageContaining("one JSON array of objects");
        csv = folder.resolve("absent.csv");
        try (var katydid = EmbeddedKatydid.open(Katydid.environment(Circular.class).loops(1))) {
            katydid.runUntil(1, "no user any more", () -> katydid.runner().userCount() == 0);
            assertThat(katydid.environment().stats().exceptions()).singleElement()
                .satisfies(row -> assertThat(row.message()).contains("absent.csv"));
        }
    }
}
