package io.katydid.host;

import io.katydid.api.User;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keeps compiled scripts by the SHA-256 of their sources, the API and the JDK; an entry also names the revisions of the bundles it was compiled against. Files are written whole or not at all,
 * and one that is damaged counts as absent.
 */
final class ScriptCache {
    private static final int MAGIC = 0x4b415459;
    private static final int HASH_BYTES = 32;

    private final Path folder;

    ScriptCache(Path folder) {
        this.folder = folder;
    }

    Optional<Compiled> find(Unit unit, ForeignPackages foreign) {
        try {
            var file = file(unit);
            if (!Files.isRegularFile(file)) return Optional.empty();
            return decode(Files.readAllBytes(file)).filter(entry -> isCurrent(entry, foreign));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Keeps an entry; a cache that cannot be written costs time only. */
    void keep(Unit unit, Compiled compiled) {
        try {
            Files.createDirectories(folder);
            var partial = Files.createTempFile(folder, "entry-", ".part");
            Files.write(partial, encode(compiled));
            Files.move(partial, file(unit), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            org.slf4j.LoggerFactory.getLogger(ScriptCache.class).debug("Compiled script not kept in {}: {}", folder, full.toString());
        }
    }

    private static boolean isCurrent(Compiled entry, ForeignPackages foreign) {
        return entry.used().entrySet().stream()
            .allMatch(use -> foreign.find(use.getKey()).map(now -> now.revision().equals(use.getValue())).orElse(false));
    }

    private Path file(Unit unit) {
        var hash = sha256();
        hash.update((apiRevision() + "|" + Runtime.version() + "|" + unit.sources().size() + "|").getBytes(StandardCharsets.UTF_8));
        for (var source : unit.sources()) {
            var text = source.text().getBytes(StandardCharsets.UTF_8);
            hash.update((source.name() + "|" + source.fileName() + "|" + text.length + "|").getBytes(StandardCharsets.UTF_8));
            hash.update(text);
        }
        return folder.resolve(HexFormat.of().formatHex(hash.digest()) + ".classes");
    }

    private static String apiRevision() {
        try {
            return Stamp.of(Path.of(User.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
        } catch (URISyntaxException odd) {
            return String.valueOf(User.class.getPackage().getImplementationVersion());
        }
    }

    private static byte[] encode(Compiled compiled) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            write(out, compiled.used());
            write(out, compiled.sources());
            out.writeInt(compiled.classes().size());
            for (var entry : compiled.classes().entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().length);
                out.write(entry.getValue());
            }
        }
        bytes.writeBytes(sha256().digest(bytes.toByteArray()));
        return bytes.toByteArray();
    }

    private static Optional<Compiled> decode(byte[] file) throws IOException {
        if (file.length < HASH_BYTES) return Optional.empty();
        var content = Arrays.copyOf(file, file.length - HASH_BYTES);
        if (!MessageDigest.isEqual(sha256().digest(content), Arrays.copyOfRange(file, content.length, file.length)))
            return Optional.empty();
        try (var in = new DataInputStream(new ByteArrayInputStream(content))) {
            if (in.readInt() != MAGIC) return Optional.empty();
            var used = read(in);
            var sources = read(in);
            var classes = new TreeMap<String, byte[]>();
            for (int left = in.readInt(); left > 0; left--) classes.put(in.readUTF(), in.readNBytes(in.readInt()));
            return Optional.of(new Compiled(classes, sources, used));
        }
    }

    private static void write(DataOutputStream out, SortedMap<String, String> map) throws IOException {
        out.writeInt(map.size());
        for (var entry : map.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue());
        }
    }

    private static SortedMap<String, String> read(DataInputStream in) throws IOException {
        var map = new TreeMap<String, String>();
        for (int left = in.readInt(); left > 0; left--) map.put(in.readUTF(), in.readUTF());
        return map;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
