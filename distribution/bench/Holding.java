import module java.base;

/**
 * Is a server that answers each request at once, and once it is told to, so many milliseconds after it has read it. It spins while requests and answers are on their way, so
 * that nothing waits for it, and leaves its core to others between them.
 */
final class Holding implements AutoCloseable {
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
    /** Is for how long it spins before an answer is due and after a request or an answer. */
    private static final long AWAKE_NANOS = 1_000_000;
    private static final long IDLE_MILLIS = 10;
    private static final int PART_OF = 20;
    private final ServerSocketChannel door = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0), 1000);
    private final Selector selector = Selector.open();
    private final PriorityQueue<Held> waiting = new PriorityQueue<>(Comparator.comparingLong(Held::dueNanos));
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final ByteBuffer out = ByteBuffer.allocateDirect(ANSWER.length);
    private final Random random = new Random(7);
    private final Thread thread = new Thread(this::run, "holding");
    private final Recording recording = new Recording();
    /** Is made once: a spinning thread would make millions, and their collection would take the tool's core. */
    private final Consumer<SelectionKey> serve = this::serve;
    private volatile boolean closed;
    private volatile long delayNanos;
    private long busyNanos;

    /** Is a connection and its request, of which there is one at a time; made once, so that nothing is collected while it is measured. */
    private static final class Held {
        private final SocketChannel channel;
        private boolean spread;
        private long sinceNanos;
        private long dueNanos;

        Held(SocketChannel channel) {
            this.channel = channel;
        }

        long dueNanos() { return dueNanos; }
    }

    Holding() throws IOException {
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
        thread.setDaemon(true);
        thread.start();
    }

    String url() throws IOException { return "http://127.0.0.1:" + ((InetSocketAddress) door.getLocalAddress()).getPort(); }

    void hold(int delayMillis) {
        delayNanos = delayMillis * 1_000_000L;
    }

    /** Gives how long it held what since it began to hold. */
    Times held() { return recording.times(); }

    private void run() {
        Processes.keepCore(1);
        try {
            while (!closed) {
                long idle = idleMillis();
                int ready = idle > 0 ? selector.select(serve, idle) : selector.selectNow(serve);
                if (ready == 0) Thread.onSpinWait();
                answer();
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /**
     * Gives for how long nothing is to be done: no answer is due soon, and who was answered has asked again. Only then is the core given back, since a
     * thread that is woken is late by as much as is measured here.
     */
    private long idleMillis() {
        long now = System.nanoTime();
        if (now - busyNanos < AWAKE_NANOS) return 0;
        var first = waiting.peek();
        return first == null ? IDLE_MILLIS : Math.max(0, (first.dueNanos - now - AWAKE_NANOS) / 1_000_000);
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                var channel = door.accept();
                channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, new Held(channel));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            } else {
                read(key);
            }
        } catch (IOException left) {
            key.cancel();
        }
    }

    /** Takes what a read brings for one request: those of the tools are small, and none is sent before the last was answered. */
    private void read(SelectionKey key) throws IOException {
        var held = (Held) key.attachment();
        in.clear();
        if (held.channel.read(in) < 0) {
            held.channel.close();
        } else {
            busyNanos = System.nanoTime();
            held.sinceNanos = busyNanos;
            held.dueNanos = busyNanos + holdNanos(held);
            waiting.add(held);
        }
    }

    /**
     * Holds the first answer of each connection, and one of {@value #PART_OF} later ones, for any part of the time. Users whose answers come together wait for
     * each other's turns, and with one time for all they come together more and more: who is close behind another finds the tool awake and
     * closes up, and what stops them all for a moment makes them one.
     */
    private long holdNanos(Held held) {
        long usual = delayNanos;
        if (usual == 0 || held.spread && random.nextInt(PART_OF) > 0) return usual;
        held.spread = true;
        return random.nextLong(usual);
    }

    /** Answers one whose time has come: what was asked meanwhile is to be read, and its time known, before the next. */
    private void answer() {
        var first = waiting.peek();
        long now = System.nanoTime();
        if (first == null || now < first.dueNanos) return;
        waiting.remove();
        busyNanos = now;
        try {
            first.channel.write(out.clear().put(ANSWER).flip());
        } catch (IOException left) {
            return;
        }
        if (delayNanos > 0) recording.add(now, now - first.sinceNanos);
    }

    @Override public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (var key : selector.keys()) key.channel().close();
        selector.close();
    }
}
