package io.katydid.cluster.ship;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows the hashes of goods and finds them by these; a file is read again only when it has changed. One thread. */
final class Stock {
    private final Goods goods;
    private final Map<Path, Stamped> stamps = new HashMap<>();
    private Map<String, Good.Content> byHash = Map.of();

    private record Stamped(long size, FileTime modified, String sha256) {}

    Stock(Goods goods) {
        this.goods = goods;
    }

    /** Lists all there is now. */
    Manifest manifest() {
        var items = new ArrayList<Item>();
        var contents = new HashMap<String, Good.Content>();
        for (var good : goods.all()) {
            var item = item(good);
            items.add(item);
            contents.put(item.sha256(), good.content());
        }
        var manifest = new Manifest(items);
        byHash = contents;
        return manifest;
    }

    private Item item(Good good) {
        return switch (good.content()) {
            case Good.Text(var text) -> {
                var bytes = text.getBytes(StandardCharsets.UTF_8);
                yield new Item(good.kind(), good.name(), bytes.length, Sha256.of(bytes));
            }
            case Good.OnDisk(var path) -> {
                var stamped = stamped(good.name(), path);
                yield new Item(good.kind(), good.name(), stamped.size(), stamped.sha256());
            }
        };
    }

    private Stamped stamped(String name, Path path) {
        try {
            var now = Files.readAttributes(path, BasicFileAttributes.class);
            var known = stamps.get(path);
            if (known != null && known.size() == now.size() && known.modified().equals(now.lastModifiedTime())) return known;
            // One that is too large is not read: the list refuses it.
            var hash = now.size() > Shipping.FILE_BYTES ? "" : Sha256.of(path);
            var made = new Stamped(now.size(), now.lastModifiedTime(), hash);
            stamps.put(path, made);
            return made;
        } catch (IOException problem) {
            throw new KatydidException("The file '" + name + "' cannot be shipped: " + problem + ". Look whether " + path
                + " is there and may be read.", problem);
        }
    }

    /** Gives a piece of what has this hash; nothing when there is none, or not so much of it any more. */
    Optional<byte[]> piece(String sha256, long offset) {
        var content = byHash.get(sha256);
        if (content == null || offset < 0) return Optional.empty();
        return switch (content) {
            case Good.Text(var text) -> piece(text.getBytes(StandardCharsets.UTF_8), offset);
            case Good.OnDisk(var path) -> piece(path, offset);
        };
    }

    private static Optional<byte[]> piece(byte[] all, long offset) {
        if (offset >= all.length) return Optional.empty();
        int from = (int) offset;
        return Optional.of(Arrays.copyOfRange(all, from, Math.min(all.length, from + Shipping.CHUNK_BYTES)));
    }

    private static Optional<byte[]> piece(Path path, long offset) {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            long left = file.length() - offset;
            if (left <= 0) return Optional.empty();
            var bytes = new byte[(int) Math.min(left, Shipping.CHUNK_BYTES)];
            file.seek(offset);
            file.readFully(bytes);
            return Optional.of(bytes);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Lists the scripts as the reference's workers take them: an address, or a name with the text. */
    List<Object> locustfiles() {
        var files = new ArrayList<Object>();
        for (var good : goods.all()) {
            if (good.kind() != Kind.SCRIPT) continue;
            if (good.address().isPresent()) files.add(good.address().get());
            else files.add(Map.of("filename", good.fileName(), "contents", text(good)));
        }
        return files;
    }

    private static String text(Good good) {
        return switch (good.content()) {
            case Good.Text(var text) -> text;
            case Good.OnDisk(var path) -> {
                try {
                    yield Files.readString(path);
                } catch (IOException problem) {
                    throw new KatydidException(
                        "The script '" + good.name() + "' cannot be given to a worker: " + problem + ". Look whether "
                            + path + " is there and may be read.",
                        problem);
                }
            }
        };
    }
}
