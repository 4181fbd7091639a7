import module java.base;

/**
 * Compares the response times that tools report with those that the server itself has measured: it holds each answer back for a programmed
 * time, spins while requests and answers are on their way so that nothing waits for it, leaves its core to others between them, and knows from its own clock for
 * how long it held what. The tools have another core.
 *
 * <p>Run it from the root after {@code mvn package}; it takes five minutes and ends all it starts:
 *
 * <pre>
 * java distribution/bench/Truth.java          delays of 5, 50 and 500 ms
 * java distribution/bench/Truth.java 5,20     other delays, in milliseconds
 * </pre>
 *
 * <p>What a tool may say more than the server is the way through the kernel, twice, and the wait for its own turn; how much of it is the machine's, {@link Spinning}
 * gives an idea of. The table is left in
 * {@code distribution/target/bench/truth.md}.
 */
final class Truth {
    private static final int USERS = 100;
    private static final int SECONDS = 10;
    /** A few thousand requests a second are soon made, and late compiled, and the compiler has the same core: the first answers are not held. */
    private static final int UNHELD = 20;
    private static final int SETTLING = 10;

    private Truth() {}

    static void main(String[] args) throws Exception {
        var delays = Stream.of((args.length == 0 ? "5,50,500" : args[0]).split(",")).map(Integer::parseInt).toList();
        var tools = Stream.<Tool>of(new Wrk(), new Spinning(), new Katydid(true)).filter(tool -> tool.missing().isEmpty()).toList();
        var home = Files.createTempDirectory("katydid-truth");
        var rows = new ArrayList<String>();
        for (int delay : delays) {
            for (var tool : tools) {
                var row = measure(tool, delay, Files.createTempDirectory(home, "run"));
                rows.add(row);
                IO.println(row);
            }
        }
        var table = "%d users, %d s each; more than the server's own time, p50 and p99\n\n| delay | tool | requests | server p50, p99 ms | reported p50, p99 ms | more µs |\n|---|---|---|---|---|---|\n"
            .formatted(USERS, SECONDS) + String.join("\n", rows) + "\n";
        Files.writeString(Files.createDirectories(Path.of("distribution/target/bench")).resolve("truth.md"), table);
    }

    private static String measure(Tool tool, int delay, Path folder) throws Exception {
        var scenario = Scenario.closed("truth" + delay, "the server holds answers for " + delay + " ms", "/", USERS);
        int unheld = tool instanceof Katydid ? UNHELD : 0;
        int settling = tool instanceof Katydid ? SETTLING : tool.warmUp(scenario);
        int warmUp = unheld + settling;
        try (var server = new Holding()) {
            var run = new Tool.Run(scenario, folder, server.url(), warmUp + SECONDS, warmUp);
            var process = Processes.start(0, folder.resolve("output.txt"), tool.environment(run), tool.command(run));
            try {
                Thread.sleep(Duration.ofSeconds(unheld));
                server.hold(delay);
                Thread.sleep(Duration.ofSeconds(settling));
                server.forget();
                if (!process.waitFor(SECONDS + 30, TimeUnit.SECONDS)) throw new IllegalStateException(tool.name() + " did not end. It said:\n" + run.said());
                var said = run.said();
                var reported = tool.latency(run).orElseThrow(() -> new IllegalStateException(tool.name() + " told no times. It said:\n" + said));
                var held = server.held();
                double p50 = at(held, 0.5);
                double p99 = at(held, 0.99);
                return "| %d ms | %s | %,d | %.3f, %.3f | %.3f, %.3f | %.0f, %.0f |".formatted(delay, tool.name(), held.length, p50, p99, reported.p50(), reported.p99(),
                    (reported.p50() - p50) * 1000, (reported.p99() - p99) * 1000);
            } finally {
                if (process.isAlive()) Processes.end(process);
            }
        }
    }

    private static double at(long[] sorted, double share) { return sorted[(int) Math.min(sorted.length - 1L, (long) Math.ceil(sorted.length * share) - 1)] / 1e6; }

    /** Is a server that answers each request at once, and once it is told to, so many milliseconds after it has read it. */
    private static final class Holding implements AutoCloseable {
        private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
        /** Is for how long it spins before an answer is due and after a request or an answer. */
        private static final long AWAKE_NANOS = 1_000_000;
        private static final long IDLE_MILLIS = 10;
        /** Is with each connection that was held for a part of the time once. */
        private static final Object SPREAD = new Object();
        private static final int PART_OF = 20;
        private final ServerSocketChannel door = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0), 1000);
        private final Selector selector = Selector.open();
        private final PriorityQueue<Held> waiting = new PriorityQueue<>(Comparator.comparingLong(Held::dueNanos));
        private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
        private final ByteBuffer out = ByteBuffer.allocateDirect(ANSWER.length);
        private final Random random = new Random(7);
        private final Thread thread = new Thread(this::run, "holding");
        private volatile long[] times = new long[2_000_000];
        private volatile int count;
        private volatile boolean closed;
        private volatile long delayNanos;
        private long busyNanos;

        private record Held(SocketChannel channel, long sinceNanos, long dueNanos) {}

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

        void forget() {
            times = new long[times.length];
            count = 0;
        }

        long[] held() {
            var all = Arrays.copyOf(times, count);
            Arrays.sort(all);
            return all;
        }

        private void run() {
            Processes.keepCore(1);
            try {
                while (!closed) {
                    long idle = idleMillis();
                    int ready = idle > 0 ? selector.select(this::serve, idle) : selector.selectNow(this::serve);
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
                    channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
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
            var channel = (SocketChannel) key.channel();
            in.clear();
            if (channel.read(in) < 0) {
                channel.close();
            } else {
                busyNanos = System.nanoTime();
                waiting.add(new Held(channel, busyNanos, busyNanos + holdNanos(key)));
            }
        }

        /**
         * Holds the first answer of each connection, and one of {@value #PART_OF} later ones, for any part of the time. Users whose answers come together wait for
         * each other's turns, and with one time for all they come together more and more: who is close behind another finds the tool awake and
         * closes up, and what stops them all for a moment makes them one.
         */
        private long holdNanos(SelectionKey key) {
            long usual = delayNanos;
            if (usual == 0 || key.attachment() != null && random.nextInt(PART_OF) > 0) return usual;
            key.attach(SPREAD);
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
            if (count < times.length) times[count++] = now - first.sinceNanos;
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
}
