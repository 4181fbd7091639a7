package io.katydid.cluster.ship;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Follows the pieces of files that are on their way: which to ask for next, which again, and which file is whole. One thread. */
final class Pieces implements AutoCloseable {
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private final Store store;
    private final Deque<Piece> waiting = new ArrayDeque<>();
    private final Map<Piece, Long> asked = new LinkedHashMap<>();
    private final Map<String, Open> open = new HashMap<>();
    private long bytes;

    /** Is a piece by its file's hash and its place in it. */
    record Piece(String sha256, long offset) {}

    /** Is a file that is being written. */
    private static final class Open {
        private final Item item;
        private final Path part;
        private long left;

        Open(Item item, Path part) {
            this.item = item;
            this.part = part;
            left = item.size();
        }

        long length(Piece piece) { return Math.min(item.size() - piece.offset(), Shipping.CHUNK_BYTES); }
    }

    Pieces(Store store, Collection<Item> missing) {
        this.store = store;
        for (var item : missing) {
            open.put(item.sha256(), new Open(item, store.part()));
            for (long offset = 0; offset < item.size(); offset += Shipping.CHUNK_BYTES) waiting.add(new Piece(item.sha256(), offset));
        }
    }

    /** Takes in those that have no bytes, and so no pieces. */
    void takeEmpty() throws Spoilt {
        for (var file : List.copyOf(open.values())) if (file.left == 0 && !whole(file)) throw new Spoilt(file.item);
    }

    boolean isOver() { return open.isEmpty(); }

    long bytes() { return bytes; }

    /** Gives the next piece to ask for, when so many may be on their way. */
    Optional<Piece> next(long nowNanos) {
        for (var late : asked.entrySet()) {
            if (nowNanos - late.getValue() < AGAIN_NANOS) continue;
            late.setValue(nowNanos);
            return Optional.of(late.getKey());
        }
        if (asked.size() >= Shipping.AT_ONCE || waiting.isEmpty()) return Optional.empty();
        var piece = waiting.remove();
        asked.put(piece, nowNanos);
        return Optional.of(piece);
    }

    /** Tells whether such a piece was asked for and has not come. */
    boolean isAwaited(Piece piece) { return asked.containsKey(piece); }

    /** Takes a piece that was awaited; a file that is whole and not what it should be is {@link Spoilt}. */
    void take(Piece piece, byte[] content) throws Spoilt {
        var file = open.get(piece.sha256());
        if (file == null || asked.remove(piece) == null) return;
        if (content.length != file.length(piece)) throw new Spoilt(file.item);
        try (var to = new RandomAccessFile(file.part.toFile(), "rw")) {
            to.seek(piece.offset());
            to.write(content);
        } catch (IOException full) {
            throw Store.failed("written to", file.part, full);
        }
        bytes += content.length;
        file.left -= content.length;
        if (file.left == 0 && !whole(file)) throw new Spoilt(file.item);
    }

    private boolean whole(Open file) {
        open.remove(file.item.sha256());
        return store.take(file.item, file.part);
    }

    /** Gives the file of a hash, for messages. */
    Optional<Item> item(String sha256) {
        return Optional.ofNullable(open.get(sha256)).map(file -> file.item);
    }

    /** Leaves no half files behind. */
    @Override public void close() {
        for (var file : open.values()) {
            try {
                Files.deleteIfExists(file.part);
            } catch (IOException kept) {
                throw new KatydidException("The unfinished file " + file.part + " cannot be deleted: " + kept + ". Delete it yourself.",
                    kept);
            }
        }
    }

    /** Says that a file is not what the list said: it was changed since, or somebody plays tricks. */
    static final class Spoilt extends Exception {
        private static final long serialVersionUID = 1;

        Spoilt(Item item) {
            super("The file '" + Names.readable(item.name()) + "' is not what the master's list says: its SHA-256 is not " + item.sha256()
                + ".");
        }
    }
}
