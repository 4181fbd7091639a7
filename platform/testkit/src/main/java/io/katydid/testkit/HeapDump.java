package io.katydid.testkit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a dump in the format HPROF 1.0.2 of a 64-bit JVM and walks it from its roots. Weak, soft and phantom references are not followed. */
final class HeapDump {
    private static final int OBJECT = 2;
    private static final int[] SIZES = {0, 0, 8, 0, 1, 2, 4, 8, 1, 2, 4, 8};
    private static final Set<String> WEAK = Set.of("java/lang/ref/WeakReference", "java/lang/ref/SoftReference",
        "java/lang/ref/PhantomReference");
    private final Map<Long, String> strings = new HashMap<>();
    private final Map<Long, String> classNames = new HashMap<>();
    private final Map<Long, Type> types = new HashMap<>();
    private final Map<Long, Thing> things = new HashMap<>();
    private final Map<Long, String> roots = new LinkedHashMap<>();

    private record Field(String name, int kind) {}

    private static final class Type {
        long parent;
        long loader;
        final List<Field> fields = new ArrayList<>();
        final List<String> staticNames = new ArrayList<>();
        final List<Long> statics = new ArrayList<>();
    }

    /** Is an instance (its bytes are kept until they are read) or an array of objects. */
    private record Thing(long type, byte @Nullable [] bytes, long @Nullable [] elements) {}

    private record Step(long from, String how) {}

    HeapDump(Path file) throws IOException {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 20))) {
            while (in.readByte() != 0) continue;
            if (in.readInt() != 8) throw new IOException("The dump is not of a 64-bit JVM.");
            in.readLong();
            records(in);
        }
    }

    private void records(DataInputStream in) throws IOException {
        while (true) {
            int tag = in.read();
            if (tag < 0) return;
            in.readInt();
            long length = in.readInt() & 0xffffffffL;
            switch (tag) {
                case 0x01 -> strings.put(in.readLong(), new String(in.readNBytes((int) length - 8), StandardCharsets.UTF_8));
                case 0x02 -> {
                    in.readInt();
                    long id = in.readLong();
                    in.readInt();
                    classNames.put(id, strings.getOrDefault(in.readLong(), "?"));
                }
                case 0x0c, 0x1c -> segment(in, length);
                default -> in.skipNBytes(length);
            }
        }
    }

    private void segment(DataInputStream in, long length) throws IOException {
        long left = length;
        while (left > 0) left -= 1 + entry(in, in.readUnsignedByte());
    }

    /** Reads one entry and gives its length without the tag. */
    private long entry(DataInputStream in, int tag) throws IOException {
        return switch (tag) {
            case 0xff -> root(in, "unknown", 0);
            case 0x01 -> root(in, "JNI global", 8);
            case 0x02 -> root(in, "JNI local", 8);
            case 0x03 -> root(in, "a local variable of a thread", 8);
            case 0x04 -> root(in, "a native stack", 4);
            case 0x05 -> root(in, "a class of the JVM", 0);
            case 0x06 -> root(in, "a thread block", 4);
            case 0x07 -> root(in, "a monitor", 0);
            case 0x08 -> root(in, "a thread", 8);
            case 0x20 -> type(in);
            case 0x21 -> instance(in);
            case 0x22 -> objects(in);
            case 0x23 -> primitives(in);
            default -> throw new IOException("The dump has an entry 0x" + Integer.toHexString(tag) + " that is not known.");
        };
    }

    private long root(DataInputStream in, String what, int more) throws IOException {
        roots.putIfAbsent(in.readLong(), what);
        in.skipNBytes(more);
        return 8 + more;
    }

    private long type(DataInputStream in) throws IOException {
        var type = new Type();
        types.put(in.readLong(), type);
        in.readInt();
        type.parent = in.readLong();
        type.loader = in.readLong();
        in.skipNBytes(4 * 8 + 4);
        long length = 8 + 4 + 8 + 8 + 36;
        int constants = in.readUnsignedShort();
        length += 2;
        for (int i = 0; i < constants; i++) {
            in.readUnsignedShort();
            int size = SIZES[in.readUnsignedByte()];
            in.skipNBytes(size);
            length += 3 + size;
        }
        int statics = in.readUnsignedShort();
        length += 2;
        for (int i = 0; i < statics; i++) {
            var name = strings.getOrDefault(in.readLong(), "?");
            int kind = in.readUnsignedByte();
            if (kind == OBJECT) {
                type.staticNames.add(name);
                type.statics.add(in.readLong());
            } else {
                in.skipNBytes(SIZES[kind]);
            }
            length += 9 + SIZES[kind];
        }
        int fields = in.readUnsignedShort();
        for (int i = 0; i < fields; i++) type.fields.add(new Field(strings.getOrDefault(in.readLong(), "?"), in.readUnsignedByte()));
        return length + 2 + 9L * fields;
    }

    private long instance(DataInputStream in) throws IOException {
        long id = in.readLong();
        in.readInt();
        long type = in.readLong();
        int length = in.readInt();
        var bytes = in.readNBytes(length);
        if (bytes.length < length) throw new EOFException("The dump ends in an object.");
        things.put(id, new Thing(type, bytes, null));
        return 24 + length;
    }

    private long objects(DataInputStream in) throws IOException {
        long id = in.readLong();
        in.readInt();
        int count = in.readInt();
        long type = in.readLong();
        var elements = new long[count];
        for (int i = 0; i < count; i++) elements[i] = in.readLong();
        things.put(id, new Thing(type, null, elements));
        return 24 + 8L * count;
    }

    private long primitives(DataInputStream in) throws IOException {
        in.skipNBytes(12);
        int count = in.readInt();
        int kind = in.readUnsignedByte();
        // The walk ends at it anyway.
        in.skipNBytes((long) count * SIZES[kind]);
        return 8 + 4 + 4 + 1 + (long) count * SIZES[kind];
    }

    /** Gives the shortest path from a root to an object of a class, or null when no strong one leads there. */
    @Nullable List<String> pathTo(String className) {
        var wanted = className.replace('.', '/');
        var came = new HashMap<Long, Step>();
        var next = new ArrayDeque<Long>();
        roots.forEach((id, what) -> {
            if (came.putIfAbsent(id, new Step(0, "root: " + what)) == null) next.add(id);
        });
        while (!next.isEmpty()) {
            long id = next.remove();
            if (wanted.equals(nameOf(id))) return path(id, came);
            follow(id, (to, how) -> {
                if (to != 0 && came.putIfAbsent(to, new Step(id, how)) == null) next.add(to);
            });
        }
        return null;
    }

    private interface Edge { void to(long id, String how); }

    private @Nullable String nameOf(long id) {
        var thing = things.get(id);
        return thing == null || thing.bytes() == null ? null : classNames.get(thing.type());
    }

    private void follow(long id, Edge edge) {
        var type = types.get(id);
        if (type != null) {
            edge.to(type.loader, "its class loader");
            edge.to(type.parent, "its superclass");
            for (int i = 0; i < type.statics.size(); i++) edge.to(type.statics.get(i), "static " + type.staticNames.get(i));
            return;
        }
        var thing = things.get(id);
        if (thing == null) return;
        edge.to(thing.type(), "its class");
        if (thing.elements() != null) {
            for (int i = 0; i < thing.elements().length; i++) edge.to(thing.elements()[i], "[" + i + "]");
        } else {
            fields(thing, edge);
        }
    }

    private void fields(Thing thing, Edge edge) {
        var bytes = thing.bytes();
        if (bytes == null) return;
        var in = ByteBuffer.wrap(bytes);
        boolean weak = isWeak(thing.type());
        for (long at = thing.type(); at != 0;) {
            var type = types.get(at);
            if (type == null) return;
            for (var field : type.fields) {
                if (field.kind() != OBJECT) {
                    in.position(in.position() + SIZES[field.kind()]);
                    continue;
                }
                long to = in.getLong();
                if (!(weak && field.name().equals("referent"))) edge.to(to, field.name());
            }
            at = type.parent;
        }
    }

    private boolean isWeak(long type) {
        for (long at = type; at != 0;) {
            if (WEAK.contains(classNames.getOrDefault(at, ""))) return true;
            var known = types.get(at);
            if (known == null) return false;
            at = known.parent;
        }
        return false;
    }

    private List<String> path(long end, Map<Long, Step> came) {
        var path = new ArrayList<String>();
        var seen = new HashSet<Long>();
        for (long at = end; at != 0 && seen.add(at);) {
            var step = came.get(at);
            if (step == null) break;
            path.add(step.how() + " -> " + describe(at));
            at = step.from();
        }
        return path.reversed();
    }

    private String describe(long id) {
        if (types.containsKey(id)) return "class " + classNames.getOrDefault(id, "?").replace('/', '.');
        var thing = things.get(id);
        if (thing == null) return "an array";
        var name = classNames.getOrDefault(thing.type(), "?").replace('/', '.');
        return name + (thing.elements() == null ? "" : " of " + thing.elements().length);
    }
}
