package io.katydid.cluster.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was delivered comes to where it is used. */
class RunFolderTest {
    @TempDir Path folder;
    private Store store;
    private Path working;
    private final List<Item> items = new ArrayList<>();

    @BeforeEach void open() throws Exception {
        store = new Store(folder.resolve("cache"));
        working = Files.createDirectory(folder.resolve("work"));
    }

    private Item keep(Kind kind, String name, String text) throws Exception {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var item = new Item(kind, name, bytes.length, Sha256.of(bytes));
        assertThat(store.take(item, Files.write(store.part(), bytes))).isTrue();
        items.add(item);
        return item;
    }

    private RunFolder.Placed place(Path... ownPlugins) {
        return new RunFolder(new Delivery(new Manifest(items), List.of("http://h/A.java"), 0, 0), store).place(working,
            List.of(ownPlugins));
    }

    @Test void scriptsPluginsAndDataComeToTheirPlaces() throws Exception {
        keep(Kind.SCRIPT, "0/Shop.java", "class Shop {}");
        keep(Kind.SCRIPT, "1/a/One.java", "class One {}");
        keep(Kind.SCRIPT, "1/Two.java", "class Two {}");
        keep(Kind.DATA, "data/people.csv", "name");
        keep(Kind.PLUGIN, "shop.jar", "jar");
        var placed = place();
        assertThat(placed.locators()).hasSize(3).last().isEqualTo("http://h/A.java");
        assertThat(Path.of(placed.locators().getFirst())).hasFileName("Shop.java").hasContent("class Shop {}");
        assertThat(Path.of(placed.locators().get(1), "a/One.java")).hasContent("class One {}");
        assertThat(Path.of(placed.locators().get(1), "Two.java")).hasContent("class Two {}");
        assertThat(placed.plugins().orElseThrow().resolve("shop.jar")).hasContent("jar");
        assertThat(working.resolve("data/people.csv")).hasContent("name");
        assertThat(Files.getPosixFilePermissions(placed.plugins().orElseThrow().getParent())).hasSize(3);
    }

    @Test void whatIsNotOfTheListIsTakenOutOfTheFolderAndWhatWasChangedIsPutRight() throws Exception {
        keep(Kind.SCRIPT, "0/Shop.java", "class Shop {}");
        keep(Kind.PLUGIN, "shop.jar", "jar");
        var placed = place();
        var script = Path.of(placed.locators().getFirst());
        var evil = Files.writeString(placed.plugins().orElseThrow().resolve("evil.jar"), "evil");
        Files.writeString(script, "class Evil {}");
        assertThat(place()).isEqualTo(placed);
        assertThat(script).hasContent("class Shop {}");
        assertThat(evil).doesNotExist();
    }

    @Test void aPluginThatIsHereIsNotLoadedTwice() throws Exception {
        keep(Kind.PLUGIN, "shop.jar", "jar");
        assertThat(place(Files.writeString(folder.resolve("mine.jar"), "jar")).plugins()).isEmpty();
        assertThat(place(Files.writeString(folder.resolve("mine.jar"), "another")).plugins()).isPresent();
    }

    @Test void aDataFileThatWasShippedBeforeIsReplaced() throws Exception {
        keep(Kind.DATA, "people.csv", "old");
        place();
        items.clear();
        keep(Kind.DATA, "people.csv", "new");
        place();
        assertThat(working.resolve("people.csv")).hasContent("new");
    }

    @Test void aFileThatDidNotComeFromAMasterIsLeftAlone() throws Exception {
        keep(Kind.DATA, "people.csv", "new");
        var mine = Files.writeString(working.resolve("people.csv"), "mine");
        assertThatThrownBy(this::place).isInstanceOf(KatydidException.class)
            .hasMessage("The master's data file 'people.csv' is not written: "
                + mine
                + " is another file there, which did not come from a master. Move that away, or start the worker in an empty folder.");
        assertThat(mine).hasContent("mine");
    }

    @Test void noLinkLeadsOutOfTheFolder() throws Exception {
        keep(Kind.DATA, "data/people.csv", "new");
        var out = Files.createDirectory(folder.resolve("out"));
        var link = Files.createSymbolicLink(working.resolve("data"), out);
        assertThatThrownBy(this::place).hasMessageContaining(link + " is a link or a file there");
        assertThat(out).isEmptyDirectory();
        Files.delete(link);
        Files.createDirectory(link);
        var file = Files.createSymbolicLink(link.resolve("people.csv"), out.resolve("people.csv"));
        assertThatThrownBy(this::place).hasMessageContaining(file + " is a link or a folder there");
        assertThat(out).isEmptyDirectory();
    }
}
