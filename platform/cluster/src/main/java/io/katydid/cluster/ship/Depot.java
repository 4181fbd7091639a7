package io.katydid.cluster.ship;

import io.katydid.api.KatydidException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
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
    /** What a list or a script counts as, in bytes. */
    private static final long LIST_BYTES = 8 << 10;
    private final Stock stock;
    private final Credit credit = new Credit();
    private final Sender sender;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING),
        Thread.ofPlatform().daemon().name("katydid-depot").factory(), new ThreadPoolExecutor.DiscardPolicy());
    private List<Object> given = List.of();
    /** Has the pieces that are to be sent, the one that was asked for first first. */
    private final SequencedSet<Wanted> waiting = new LinkedHashSet<>();

    private record Wanted(String clientId, String sha256, long offset) {}

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
            var number = credit.take(clientId, LIST_BYTES);
            if (number.isEmpty()) {
                LOG.debug("{} asked for the script again and has to read first", clientId);
                return;
            }
            var type = peer ? Shipping.FILES : Shipping.REQUEST;
            try {
                sender.send(clientId, type, peer ? files(number.getAsLong()) : locustfiles(clientId));
            } catch (RuntimeException unfit) {
                var why = unfit instanceof KatydidException ? String.valueOf(unfit.getMessage()) : unfit.toString();
                LOG.error("{} asked for the script and does not get it: {}", clientId, why);
                sender.send(clientId, type, Map.of("error", why));
            }
        });
    }

    private Map<String, @Nullable Object> files(long number) {
        var answer = new LinkedHashMap<>(stock.manifest().toWire());
        answer.put(Shipping.NUMBER, number);
        return answer;
    }

    private Map<String, Object> locustfiles(String clientId) {
        LOG.debug("{} asked for the script", clientId);
        var files = stock.locustfiles();
        if (!given.isEmpty() && !given.equals(files))
            LOG.warn("The script has changed since a worker asked for it first; {} gets the new one. Start the older workers again.",
                clientId);
        given = List.copyOf(files);
        return Map.of("locustfiles", files);
    }

    /** Takes a request for a piece of a file, or only that answers were read. */
    public void chunk(String clientId, @Nullable Object asked) {
        if (!(asked instanceof Map<?, ?> map)) {
            LOG.debug("{} asked for a piece of no file", clientId);
            return;
        }
        thread.execute(() -> {
            if (map.get(Shipping.READ) instanceof List<?> numbers) numbers.forEach(number -> credit.read(clientId, number));
            if (map.get("sha256") instanceof String sha256 && map.get("offset") instanceof Long offset) piece(clientId, sha256, offset);
            serve();
        });
    }

    /** Puts it behind those that were asked for before; a peer that does not read has to ask again. */
    private void piece(String clientId, String sha256, long offset) {
        if (credit.isUsedUp(clientId)) LOG.debug("{} asked for a piece and has to read first", clientId);
        else if (waiting.size() < WAITING) waiting.add(new Wanted(clientId, sha256, offset));
    }

    private void serve() {
        while (!waiting.isEmpty()) {
            var next = waiting.getFirst();
            var number = credit.take(next.clientId(), Shipping.CHUNK_BYTES);
            if (number.isEmpty() && !credit.isUsedUp(next.clientId())) return;
            waiting.removeFirst();
            number.ifPresent(given -> sender.send(next.clientId(), Shipping.CHUNK, answer(next, given)));
        }
    }

    private Map<String, @Nullable Object> answer(Wanted wanted, long number) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("sha256", wanted.sha256());
        answer.put("offset", wanted.offset());
        answer.put(Shipping.NUMBER, number);
        // Without bytes it says that there is no such file any more.
        stock.piece(wanted.sha256(), wanted.offset()).ifPresent(bytes -> answer.put("bytes", bytes));
        return answer;
    }

    @Override public void close() {
        thread.shutdownNow();
    }
}
