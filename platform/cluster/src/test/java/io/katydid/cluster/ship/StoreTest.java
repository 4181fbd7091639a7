package io.katydid.cluster.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was shipped is kept. */
class StoreTest {
    @TempDir Path folder;

    private static Item item(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Item(Kind.DATA, "a.csv", bytes.length, Sha256.of(bytes));
    }

    private Path keep(Store store, String text) throws Exception {
        assertThat(store.take(item(text), Files.writeString(store.part(), text))).isTrue();
        return store.find(item(text)).orElseThrow();
    }

    private static void age(Path file, int days) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    @Test void whatNobodyUsedForAMonthIsDeleted() throws Exception {
        var store = new Store(folder);
        var used = keep(store, "used");
        var old = keep(store, "old");
        var young = keep(store, "young");
        var run = store.runFolder("run");
        Files.writeString(run.resolve("a"), "a");
        for (var file : new Path[]{used, old, run}) age(file, 31);
        age(young, 29);
        assertThat(store.find(item("used"))).as("it is young again").isPresent();
        store.forget();
        assertThat(old).doesNotExist();
        assertThat(run).doesNotExist();
        assertThat(used).exists();
        assertThat(young).exists();
    }

    @Test void whatIsNotWhatItShouldBeIsNotTaken() throws Exception {
        var store = new Store(folder);
        var part = Files.writeString(store.part(), "other");
        assertThat(store.take(item("wanted"), part)).isFalse();
        assertThat(part).doesNotExist();
        assertThat(store.find(item("wanted"))).isEmpty();
    }

    @Test void aFolderThatCannotBeMadeIsSaid() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new Store(file).part()).isInstanceOf(KatydidException.class)
            .hasMessageStartingWith("The folder of shipped files cannot be written to: ")
            .hasMessageEndingWith(", at " + file.resolve("files")
                + ". Look whether you may write there and the disk has room, or give another folder with KATYDID_CACHE.");
    }
}
