package io.katydid.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Looks without waiting: what counts is what two looks found the same. */
class FolderWatcherTest {
    private static final Path A = Path.of("a.jar");
    private static final Path B = Path.of("b.jar");
    private final List<SortedMap<Path, String>> told = new ArrayList<>();
    private final FolderWatcher watcher = new FolderWatcher(List.of(), new TreeMap<>(Map.of(A, "1")), () -> false, told::add);

    private boolean look(Map<Path, String> files) {
        return watcher.look(new TreeMap<>(files));
    }

    @Test void aFileThatGrowsIsLeftAloneUntilItStops() {
        for (var size : List.of("1", "2", "3", "4")) look(Map.of(A, "1", B, size));
        assertThat(told).isEmpty();
        look(Map.of(A, "1", B, "4"));
        assertThat(told).containsExactly(new TreeMap<>(Map.of(A, "1", B, "4")));
        look(Map.of(A, "1", B, "4"));
        assertThat(told).hasSize(1);
    }

    @Test void whatIsNewIsLookedAtAgainSoon() {
        assertThat(look(Map.of(A, "1"))).isFalse();
        assertThat(look(Map.of(A, "1", B, "1"))).isTrue();
        assertThat(look(Map.of(A, "1", B, "1"))).as("it counts now").isFalse();
        assertThat(told).hasSize(1);
        assertThat(look(Map.of(A, "1"))).isTrue();
        assertThat(look(Map.of(A, "1"))).isFalse();
        assertThat(told).hasSize(2);
    }

    @Test void aReplacedFileCountsAsItWasUntilItIsStable() {
        look(Map.of(A, "2"));
        look(Map.of(A, "3", B, "1"));
        look(Map.of(A, "3", B, "1"));
        assertThat(told).containsExactly(new TreeMap<>(Map.of(A, "3", B, "1")));
    }

    @Test void aFileThatIsGoneForOneLookIsNotGone() {
        look(Map.of());
        look(Map.of(A, "1"));
        look(Map.of(A, "1"));
        assertThat(told).isEmpty();
        look(Map.of());
        look(Map.of());
        assertThat(told).containsExactly(new TreeMap<>());
    }
}
