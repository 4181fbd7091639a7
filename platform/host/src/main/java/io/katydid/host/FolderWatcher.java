package io.katydid.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at folders of jars every second, and 300 ms after a look that found something new. A file counts when two looks in turn found it the same, so that one still being
 * copied is left alone.
 * Polling, not events of the operating system: those are lost on network folders and in containers.
 */
final class FolderWatcher implements AutoCloseable {
    /** A look at the bundles that are shipped takes 1 ms of a core that a loop may want. */
    private static final long CALM_MILLIS = 1_000;
    private static final long SOON_MILLIS = 300;
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatcher.class);
    private final List<Path> places;
    private final Consumer<SortedMap<Path, String>> changed;
    private final BooleanSupplier news;
    private final ScheduledExecutorService thread = Executors
        .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("katydid-plugins").factory());
    private SortedMap<Path, String> before;
    private SortedMap<Path, String> settled;
    private boolean unreadable;

    /** Makes a watcher that knows what is there already; {@code changed} is called on its thread with all files that count, when these are others or there is other news. */
    FolderWatcher(List<Path> places, SortedMap<Path, String> known, BooleanSupplier news, Consumer<SortedMap<Path, String>> changed) {
        this.places = List.copyOf(places);
        this.changed = changed;
        this.news = news;
        before = known;
        settled = known;
    }

    void start() {
        after(CALM_MILLIS);
    }

    private void after(long millis) {
        thread.schedule(() -> after(look() ? SOON_MILLIS : CALM_MILLIS), millis, TimeUnit.MILLISECONDS);
    }

    /** Lists the jars of folders with their stamps. */
    static SortedMap<Path, String> list(List<Path> places) throws IOException {
        var files = new TreeMap<Path, String>();
        for (var jar : BundleFile.jars(places)) files.put(jar, Stamp.of(jar));
        return files;
    }

    /** Takes a look and says whether the next one is to come soon. */
    private boolean look() {
        try {
            boolean moves = look(list(places));
            unreadable = false;
            return moves;
        } catch (IOException problem) {
            if (!unreadable) LOG.warn("The plugin folders cannot be read: {}. What was loaded goes on.", problem.toString());
            unreadable = true;
        } catch (RuntimeException | LinkageError problem) {
            LOG.error("A change in the plugin folders could not be taken up: {}", problem.toString(), problem);
        }
        return false;
    }

    /** Takes one look and says whether it found what the last did not; package-private so that a test needs no time to pass. */
    boolean look(SortedMap<Path, String> now) {
        var counting = new TreeMap<Path, String>();
        now.forEach((file, stamp) -> {
            if (stamp.equals(before.get(file))) {
                counting.put(file, stamp);
            } else if (settled.containsKey(file)) {
                counting.put(file, settled.get(file));
            }
        });
        // A file that is gone counts until the second look: it may be about to be replaced.
        settled.forEach((file, stamp) -> {
            if (!now.containsKey(file) && before.containsKey(file)) counting.put(file, stamp);
        });
        boolean moves = !now.equals(before);
        before = now;
        boolean other = news.getAsBoolean();
        if (counting.equals(settled) && !other) return moves;
        settled = counting;
        changed.accept(counting);
        return moves;
    }

    @Override public void close() {
        thread.shutdownNow();
    }
}
