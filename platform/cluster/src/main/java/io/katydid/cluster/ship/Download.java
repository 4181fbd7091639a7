package io.katydid.cluster.ship;

import io.katydid.api.KatydidException;
import io.katydid.cluster.wire.ClientId;
import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.cluster.wire.Security;
import io.katydid.cluster.wire.WireMessage;
import io.katydid.cluster.wire.WorkerSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a worker's script from its master, before the worker is one: under a name of its own, and asked for each second until the master is there. A master of Katydid gives data files and plugins too.
 */
public final class Download implements WorkerSocket.Listener {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private static final String NAME = "_download_locustfile_";
    private static final int UNREAD = 256;
    /** Is how often a list is fetched anew because a file was changed meanwhile. */
    private static final int LISTS = 3;
    private final String host;
    private final int port;
    private final Security security;
    private final Store store;
    private final Patience patience;
    private final String clientId = ClientId.create().replaceFirst("_(?=[0-9a-f]{32}$)", NAME);
    /** The numbers of answers that were read and that the master does not know of yet. */
    private final List<Long> read = new ArrayList<>();
    private final BlockingQueue<WireMessage> came = new ArrayBlockingQueue<>(UNREAD);

    /**
     * Says how long what is waited for.
     *
     * @param again the time between two requests
     * @param master how long the master may take to be there
     * @param piece how long no piece may come
     */
    record Patience(Duration again, Duration master, Duration piece) {
        static final Patience REFERENCE = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(300), Duration.ofSeconds(60));
    }

    Download(String host, int port, Security security, Store store, Patience patience) {
        this.host = host;
        this.port = port;
        this.security = security;
        this.store = store;
        this.patience = patience;
    }

    /** Gets all a master gives, as far as the store has not got it; waits for the master. */
    public static Delivery from(String host, int port, Security security, Store store) {
        return new Download(host, port, security, store, Patience.REFERENCE).run();
    }

    Delivery run() {
        store.forget();
        try (var socket = WorkerSocket.connect(host, port, clientId, security, this)) {
            var delivery = delivery(socket);
            if (!read.isEmpty()) socket.send(new WireMessage(Shipping.CHUNK, Map.of(Shipping.READ, List.copyOf(read)), clientId));
            return delivery;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KatydidException("The worker was interrupted while it got its script from " + master() + ". Start it again.");
        }
    }

    private String master() { return "the master at " + host + ":" + port; }

    private Delivery delivery(WorkerSocket socket) throws InterruptedException {
        String spoilt = "";
        for (int list = 0; list < LISTS; list++) {
            came.clear();
            var answer = ask(socket);
            noteRead(answer);
            var error = answer.get("error");
            if (error != null)
                throw new KatydidException("At " + master() + " there is no script to be had: "
                    + Names.readable(String.valueOf(error)) + " Give this worker the script with -f.");
            if (answer.get("locustfiles") instanceof List<?> files) return ofReference(files);
            try {
                return ofPeer(socket, Manifest.of(answer));
            } catch (Pieces.Spoilt why) {
                spoilt = String.valueOf(why.getMessage());
                LOG.debug("{} The list is fetched anew.", spoilt);
            }
        }
        throw new KatydidException(spoilt + " It came " + LISTS + " times from " + master()
            + ", and is refused. Look whether somebody writes to that file, and whether that master is yours.");
    }

    /** Asks until an answer comes. */
    private Map<String, @Nullable Object> ask(WorkerSocket socket) throws InterruptedException {
        long begin = System.nanoTime();
        boolean said = false;
        while (System.nanoTime() - begin < patience.master().toNanos()) {
            // While the master is not there, one request waits for it and not hundreds.
            if (socket.isIdle())
                socket.send(new WireMessage(Shipping.REQUEST, Map.of("version", Shipping.REFERENCE, Shipping.PEER, 1L), clientId));
            var answer = answer(System.nanoTime() + patience.again().toNanos());
            if (answer != null) return answer;
            if (!said && System.nanoTime() - begin > patience.master().toNanos() / 10) {
                LOG.warn("No answer yet from {}, which is asked for the script. It is asked again for {} s in all.", master(),
                    patience.master().toSeconds());
                said = true;
            }
        }
        throw new KatydidException("The worker got no script: " + master() + " did not answer within " + patience.master().toSeconds()
            + " s. Start the master, give its address with --master-host and --master-port, or give the worker the script with -f.");
    }

    private @Nullable Map<String, @Nullable Object> answer(long endNanos) throws InterruptedException {
        for (long left = endNanos - System.nanoTime(); left > 0; left = endNanos - System.nanoTime()) {
            var message = came.poll(left, TimeUnit.NANOSECONDS);
            if (message == null) return null;
            if (!message.type().equals(Shipping.FILES) && !message.type().equals(Shipping.REQUEST)) continue;
            try {
                return message.map();
            } catch (CorruptMessage why) {
                throw new KatydidException("The answer of " + master() + " is not understood: " + why.getMessage(), why);
            }
        }
        return null;
    }

    private Delivery ofPeer(WorkerSocket socket, Manifest manifest) throws InterruptedException, Pieces.Spoilt {
        var missing = new LinkedHashMap<String, Item>();
        manifest.items().stream().filter(item -> store.find(item).isEmpty()).forEach(item -> missing.putIfAbsent(item.sha256(), item));
        try (var pieces = new Pieces(store, missing.values())) {
            pieces.takeEmpty();
            long heard = System.nanoTime();
            while (!pieces.isOver()) {
                for (var piece = pieces.next(System.nanoTime()); piece.isPresent(); piece = pieces.next(System.nanoTime()))
                    ask(socket, piece.get());
                var message = came.poll(patience.again().toNanos(), TimeUnit.NANOSECONDS);
                if (message != null && take(pieces, message)) heard = System.nanoTime();
                if (System.nanoTime() - heard > patience.piece().toNanos())
                    throw new KatydidException("No more of the files came from " + master() + " for " + patience.piece().toSeconds()
                        + " s. Look whether it is still there, and start the worker again: what came is kept.");
            }
            return new Delivery(manifest, List.of(), pieces.bytes(), missing.size());
        }
    }

    private void ask(WorkerSocket socket, Pieces.Piece piece) {
        socket.send(new WireMessage(Shipping.CHUNK,
            Map.of("sha256", piece.sha256(), "offset", piece.offset(), Shipping.READ, List.copyOf(read)), clientId));
        read.clear();
    }

    private void noteRead(Map<?, ?> answer) {
        if (answer.get(Shipping.NUMBER) instanceof Long number) read.add(number);
    }

    /** Takes a piece; false for whatever else came. */
    private boolean take(Pieces pieces, WireMessage message) throws Pieces.Spoilt {
        if (!message.type().equals(Shipping.CHUNK)) return false;
        if (!(message.data() instanceof Map<?, ?> map && map.get("sha256") instanceof String sha256
            && map.get("offset") instanceof Long offset))
            return false;
        noteRead(map);
        var piece = new Pieces.Piece(sha256, offset);
        if (!pieces.isAwaited(piece)) return false;
        if (map.get("bytes") instanceof byte[] bytes) {
            pieces.take(piece, bytes);
            return true;
        }
        var gone = pieces.item(sha256);
        if (gone.isPresent()) throw new Pieces.Spoilt(gone.get());
        return false;
    }

    /** Takes what a master of the reference answers: texts and addresses. */
    private Delivery ofReference(List<?> files) {
        var items = new ArrayList<Item>();
        var addresses = new ArrayList<String>();
        long bytes = 0;
        for (var file : files) {
            if (file instanceof String address && address.matches("https?://.*")) {
                addresses.add(address);
            } else
                if (file instanceof Map<?, ?> map && map.get("filename") instanceof String name
                    && map.get("contents") instanceof String text) {
                        if (!name.endsWith(".java"))
                            throw new KatydidException("The script '" + Names.readable(name) + "' of " + master()
                                + " is none in Java, and this worker runs no other. Give it one in Java with -f.");
                        var content = text.getBytes(StandardCharsets.UTF_8);
                        var item = new Item(Kind.SCRIPT, items.size() + "/" + name, content.length, Sha256.of(content));
                        new Manifest(List.of(item));
                        keep(item, content);
                        items.add(item);
                        bytes += content.length;
                    } else {
                        throw new KatydidException(
                            "The answer of " + master() + " is not understood: a script is neither an address nor a file name"
                                + " with contents. Give this worker the script with -f.");
                    }
        }
        return new Delivery(new Manifest(items), addresses, bytes, items.size());
    }

    private void keep(Item item, byte[] content) {
        var part = store.part();
        try {
            Files.write(part, content);
        } catch (IOException full) {
            throw Store.failed("written to", part, full);
        }
        store.take(item, part);
    }

    @Override public void message(WireMessage message) {
        // What is dropped is asked for again.
        if (!came.offer(message)) LOG.debug("A {} of the master came too soon", message.type());
    }

    @Override public void corrupt(CorruptMessage why) {
        LOG.error("A corrupt message came from the master and is left out: {}", why.getMessage());
    }

    @Override public void broken(Exception why) {
        LOG.error("The connection to {} failed and is made anew: {}", master(), why.toString());
    }
}
