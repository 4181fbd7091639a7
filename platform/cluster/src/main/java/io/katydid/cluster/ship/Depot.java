package io.katydid.cluster.ship;

import io.katydid.api.KatydidException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers workers that ask the master for its script and what goes with it: the reference's as the reference does, Katydid's with a list, and then with pieces. On a thread of its own: reading and
 * hashing never keep the master from hearing its workers. Who asks need not be a worker yet.
 */
public final class Depot implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    /** The requests that wait; further ones are left out, and come again. */
    private static final int WAITING = 10_000;
    private final Stock stock;
    private final Sender sender;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING),
        Thread.ofPlatform().daemon().name("katydid-depot").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private List<Object> given = List.of();

    /** Sends an answer to who asked. */
    @FunctionalInterface
    public interface Sender {

        /** Sends it. */
        void send(String clientId, String type, @Nullable Object data);
    }

    /** Opens one; the goods are asked for at each request. */
    public Depot(Goods goods, Sender sender) {
        stock = new Stock(goods);
        this.sender = sender;
        thread.allowCoreThreadTimeOut(true);
    }

    /** Takes a request for the script. */
    public void script(String clientId, @Nullable Object asked) {
        boolean peer = asked instanceof Map<?, ?> map && map.containsKey(Shipping.PEER);
        thread.execute(() -> {
            var type = peer ? Shipping.FILES : Shipping.REQUEST;
            try {
                sender.send(clientId, type, peer ? stock.manifest().toWire() : locustfiles(clientId));
            } catch (KatydidException unfit) {
                LOG.error("{} asked for the script and does not get it: {}", clientId, unfit.getMessage());
                sender.send(clientId, type, Map.of("error", String.valueOf(unfit.getMessage())));
            }
        });
    }

    private Map<String, Object> locustfiles(String clientId) {
        LOG.debug("{} asked for the script", clientId);
        var files = stock.locustfiles();
        if (!given.isEmpty() && !given.equals(files))
            LOG.warn("The script has changed since a worker asked for it first; {} gets the new one. Start the older workers again.",
                clientId);
        given = new ArrayList<>(files);
        return Map.of("locustfiles", files);
    }

    /** Takes a request for a piece of a file. */
    public void chunk(String clientId, @Nullable Object asked) {
        if (!(asked instanceof Map<?, ?> map && map.get("sha256") instanceof String sha256 && map.get("offset") instanceof Long offset)) {
            LOG.debug("{} asked for a piece of no file", clientId);
            return;
        }
        thread.execute(() -> {
            var answer = new LinkedHashMap<String, @Nullable Object>();
            answer.put("sha256", sha256);
            answer.put("offset", offset);
            // Without bytes it says that there is no such file any more.
            stock.piece(sha256, offset).ifPresent(bytes -> answer.put("bytes", bytes));
            sender.send(clientId, Shipping.CHUNK, answer);
        });
    }

    @Override public void close() {
        thread.shutdownNow();
    }
}
