package io.katydid.launcher;

import io.katydid.api.cli.ParsedOptions;
import io.katydid.cluster.ClusterOptions;
import io.katydid.cluster.ship.Good;
import io.katydid.cluster.ship.Goods;
import io.katydid.cluster.ship.Kind;
import io.katydid.cluster.ship.Names;
import io.katydid.cluster.ship.Shipping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows what this process gives to workers when it is their master: the script as it was compiled last, the plugins that are not Katydid's own, and what {@code --ship} names. */
final class MasterGoods implements Goods {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private final Platform platform;
    private final Place place;
    private final List<String> shipped;

    private MasterGoods(Platform platform, Place place, List<String> shipped) {
        this.platform = platform;
        this.place = place;
        this.shipped = shipped;
    }

    /** Makes them, and refuses a {@code --ship} that cannot be done. */
    static MasterGoods of(Platform platform, ParsedOptions options, Place place) {
        var goods = new MasterGoods(platform, place, options.find(ClusterOptions.SHIP).map(LenientScan::split).orElse(List.of()));
        if (goods.shipped.isEmpty()) return goods;
        if (Role.of(options) == Role.LOCAL) {
            LOG.warn("--ship: nobody gets these files, for this process is no master. Add --master or --processes, or leave --ship out.");
        } else if (Role.of(options) == Role.MASTER) {
            goods.data();
        }
        return goods;
    }

    @Override public List<Good> all() {
        return Stream.of(scripts(), plugins(), data()).flatMap(List::stream).toList();
    }

    private List<Good> scripts() {
        var goods = new ArrayList<Good>();
        var units = platform.sources();
        for (int i = 0; i < units.size(); i++) {
            var locator = units.get(i).locator();
            var address = locator.matches("https?://.*") ? Optional.of(locator) : Optional.<String>empty();
            for (var text : units.get(i).texts().entrySet())
                goods.add(new Good(Kind.SCRIPT, i + "/" + text.getKey(), new Good.Text(text.getValue()), address));
        }
        return goods;
    }

    /** Workers have the bundles of their distribution. */
    private List<Good> plugins() {
        var own = place.install().map(home -> home.resolve("bundles").toAbsolutePath().normalize());
        return platform.plugins().list().stream().filter(plugin -> plugin.state().equals("active"))
            .map(plugin -> plugin.path().toAbsolutePath().normalize()).filter(path -> own.filter(path::startsWith).isEmpty())
            .map(path -> new Good(Kind.PLUGIN, path.getFileName().toString(), new Good.OnDisk(path))).toList();
    }

    private List<Good> data() {
        return shipped.stream().flatMap(name -> data(name).stream()).toList();
    }

    private List<Good> data(String name) {
        var folder = place.folder().toAbsolutePath().normalize();
        var path = folder.resolve(name).normalize();
        if (!path.startsWith(folder) || path.equals(folder))
            throw Refusal.usage("--ship: '" + name + "' is not below the working folder " + folder
                + ", so no worker could have it under the same name. Copy it there, or start the master elsewhere.");
        if (!Files.exists(path))
            throw Refusal
                .usage("--ship: there is no '" + name + "' (looked for " + path + "). Give files or folders, with commas between.");
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).sorted().map(file -> good(folder, file)).toList();
        } catch (IOException problem) {
            throw Refusal.usage("--ship: '" + name + "' cannot be read: " + problem + ". Look whether this user may.");
        }
    }

    private static Good good(Path folder, Path file) {
        var name = folder.relativize(file).toString().replace('\\', '/');
        var why = Names.refusal(Kind.DATA, name);
        if (why.isPresent())
            throw Refusal.usage("--ship: '" + name + "' cannot be shipped: " + why.get() + ". Rename it, or leave it out.");
        try {
            if (Files.size(file) > Shipping.FILE_BYTES)
                throw Refusal.usage("--ship: '" + name + "' has " + Files.size(file) + " bytes, and at most " + Shipping.FILE_BYTES
                    + " are shipped. Make it smaller, or bring it to the workers yourself.");
            // A link may lead anywhere, and workers would get what it leads to.
            if (!file.toRealPath().startsWith(folder.toRealPath()))
                throw Refusal
                    .usage("--ship: '" + name + "' is a link that leads out of the working folder " + folder + ". Copy the file there.");
        } catch (IOException problem) {
            throw Refusal.usage("--ship: '" + name + "' cannot be read: " + problem + ". Look whether this user may.");
        }
        return new Good(Kind.DATA, name, new Good.OnDisk(file));
    }
}
