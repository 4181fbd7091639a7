package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.web.PluginInfo;
import io.katydid.cluster.ship.Good;
import io.katydid.cluster.ship.Kind;
import io.katydid.kernel.EnvironmentBuilder;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a master has to give. */
class MasterGoodsTest {
    @TempDir Path folder;
    private Scene scene;

    @BeforeEach void open() {
        scene = new Scene(folder);
        scene.installed.all.clear();
        scene.install = Optional.of(folder.resolve("katydid"));
    }

    private MasterGoods goods(String... words) {
        var declared = new Declared(new EnvironmentBuilder().events(), scene.place()).all();
        var options = OptionResolver.resolve(declared, CommandLine.parse(List.of(words), declared),
            Sources.read(scene.place(), Optional.empty(), _ -> {}));
        return MasterGoods.of(scene, options, scene.place());
    }

    private Path write(String name) throws Exception {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    private static PluginInfo plugin(Path path, String state) {
        return new PluginInfo(path.getFileName().toString().replace(".jar", ""), "1", state, List.of(), path, "", "");
    }

    @Test void scriptsHaveTheNumberOfTheirLocatorAndTheAddressTheyCameFrom() {
        scene.sources = List.of(new Platform.SourceUnit("Shop.java", Map.of("Shop.java", "shop")),
            new Platform.SourceUnit("folder", Map.of("a/One.java", "one")),
            new Platform.SourceUnit("https://h/Far.java", Map.of("Far.java", "far")));
        assertThat(goods("--master").all()).containsExactly(new Good(Kind.SCRIPT, "0/Shop.java", new Good.Text("shop")),
            new Good(Kind.SCRIPT, "1/a/One.java", new Good.Text("one")),
            new Good(Kind.SCRIPT, "2/Far.java", new Good.Text("far"), Optional.of("https://h/Far.java")));
    }

    @Test void pluginsThatRunAreGivenButNeverKatydidsOwn() throws Exception {
        var own = write("katydid/bundles/html.jar");
        var mine = write("katydid/plugins/shop.jar");
        scene.installed.all.addAll(List.of(plugin(own, "active"), plugin(mine, "active"), plugin(write("katydid/plugins/off.jar"), "off")));
        assertThat(goods("--master").all()).filteredOn(good -> good.kind() == Kind.PLUGIN)
            .containsExactly(new Good(Kind.PLUGIN, "shop.jar", new Good.OnDisk(mine)));
    }

    @Test void filesAndFoldersAreGivenUnderTheirNames() throws Exception {
        var people = write("data/deep/people.csv");
        var shops = write("shops.csv");
        write("other.csv");
        assertThat(goods("--master", "--ship", "data, ./shops.csv").all()).filteredOn(good -> good.kind() == Kind.DATA).containsExactly(
            new Good(Kind.DATA, "data/deep/people.csv", new Good.OnDisk(people)), new Good(Kind.DATA, "shops.csv", new Good.OnDisk(shops)));
    }

    @Test void whatCannotBeShippedIsRefusedInWords() throws Exception {
        var work = folder.resolve("work");
        write("secret.txt");
        scene = new Scene(Files.createDirectory(work));
        scene.installed.all.clear();
        write("work/.hidden");
        Files.createSymbolicLink(work.resolve("link"), folder.resolve("secret.txt"));
        try (var large = Files.newByteChannel(work.resolve("large"), StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
            large.position(256L << 20).write(ByteBuffer.wrap(new byte[1]));
        }
        refused("../secret.txt", "--ship: '../secret.txt' is not below the working folder " + work
            + ", so no worker could have it under the same name. Copy it there, or start the master elsewhere.");
        refused(".", "--ship: '.' is not below the working folder ");
        refused("nowhere", "--ship: there is no 'nowhere' (looked for " + work.resolve("nowhere")
            + "). Give files or folders, with commas between.");
        refused(".hidden", "--ship: '.hidden' cannot be shipped: its name has a part that begins with a dot, as hidden files have."
            + " Rename it, or leave it out.");
        refused("link", "--ship: 'link' is a link that leads out of the working folder " + work + ". Copy the file there.");
        refused("large", "--ship: 'large' has 268435457 bytes, and at most 268435456 are shipped.");
    }

    private void refused(String name, String text) {
        assertThatThrownBy(() -> goods("--master", "--ship", name)).isInstanceOf(Refusal.class).hasMessageContaining(text);
    }

    @Test void aProcessThatIsNoMasterShipsNothingAndSaysSo() throws Exception {
        write("shops.csv");
        assertThat(scene.run("--headless", "-t", "1s", "--ship", "shops.csv")).isZero();
        assertThat(scene.err())
            .contains("--ship: nobody gets these files, for this process is no master. Add --master or --processes, or leave"
                + " --ship out.");
        assertThat(Children.arguments(List.of("--ship", "shops.csv", "--ship=a", "-f", "A.java"))).containsExactly("-f", "A.java");
    }
}
