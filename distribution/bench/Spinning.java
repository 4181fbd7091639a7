import module java.base;

/**
 * Is a load generator that does nothing but ask and read, and never sleeps: what it reports more than the server says has little to do with a tool, and much with the
 * machine in that minute. It is no lower bound for the others: it has its own minutes, compiles for itself, and keeps a whole core busy, which a shared machine may take away.
 */
final class Spinning implements Tool {
    @Override public String name() { return "a reader that never sleeps"; }

    @Override public Optional<String> missing() { return Optional.empty(); }

    @Override public boolean does(Scenario scenario) { return scenario.rate() == 0 && scenario.traits().isEmpty(); }

    @Override public int warmUp(Scenario scenario) { return 10; }

    @Override public List<String> command(Run run) {
        return List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-XX:+UseSerialGC", "distribution/bench/Spinning.java", run.target(), "" + run.scenario().connections(),
            "" + run.warmUp(), "" + run.seconds());
    }

    @Override public Optional<Latency> latency(Run run) throws IOException {
        var said = run.said();
        return Tool.latency(Tool.number(said, "p50 ([\\d.]+) ms"), Tool.number(said, "p99 ([\\d.]+) ms"));
    }

    /** Runs as a process of its own: an address, how many connections, seconds that are not counted, and seconds in all. */
    static void main(String[] args) throws IOException {
        new Reader(URI.create(args[0]), Integer.parseInt(args[1])).run(Duration.ofSeconds(Long.parseLong(args[2])), Duration.ofSeconds(Long.parseLong(args[3])));
    }

    /** Is its only thread. */
    private static final class Reader {
        private static final int MOST = 4_000_000;
        private final ByteBuffer request;
        private final ByteBuffer answer = ByteBuffer.allocateDirect(64 * 1024);
        private final Selector selector = Selector.open();
        private final long[] times = new long[MOST];
        private int count;
        private long countedFromNanos;

        /** Is a connection that awaits an answer. */
        private static final class Asked {
            private long sinceNanos;
        }

        Reader(URI target, int connections) throws IOException {
            var text = "GET " + target.getPath() + " HTTP/1.1\r\nHost: " + target.getAuthority() + "\r\n\r\n";
            request = ByteBuffer.allocateDirect(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < connections; i++) {
                var channel = SocketChannel.open(new InetSocketAddress(target.getHost(), target.getPort()));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, new Asked());
            }
        }

        void run(Duration uncounted, Duration all) throws IOException {
            long begin = System.nanoTime();
            countedFromNanos = begin + uncounted.toNanos();
            for (var key : selector.keys()) ask(key);
            while (System.nanoTime() - begin < all.toNanos()) selector.selectNow(this::read);
            Arrays.sort(times, 0, count);
            IO.println("%d answers, p50 %.4f ms, p99 %.4f ms".formatted(count, at(0.5), at(0.99)));
        }

        private double at(double share) { return count == 0 ? Double.NaN : times[(int) Math.ceil(count * share) - 1] / 1e6; }

        private void ask(SelectionKey key) throws IOException {
            ((Asked) key.attachment()).sinceNanos = System.nanoTime();
            ((SocketChannel) key.channel()).write(request.flip());
        }

        /** Takes a read for an answer: those of the server that holds them are small and come whole. */
        private void read(SelectionKey key) {
            try {
                if (((SocketChannel) key.channel()).read(answer.clear()) < 0) throw new EOFException("The server has closed a connection.");
                long now = System.nanoTime();
                if (now >= countedFromNanos && count < MOST) times[count++] = now - ((Asked) key.attachment()).sinceNanos;
                ask(key);
            } catch (IOException left) {
                throw new UncheckedIOException(left);
            }
        }
    }
}
