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
            "" + run.seconds(), run.folder().resolve(Variables.REQUESTS).toString());
    }

    @Override public Optional<Latency> latency(Run run) throws IOException {
        return times(run).filter(all -> all.ends().length > 0).map(all -> Times.latency(all.between(all.ends()[0] + TimeUnit.SECONDS.toNanos(run.warmUp()), Long.MAX_VALUE)));
    }

    @Override public Optional<Times> times(Run run) throws IOException { return Optional.of(Times.read(run.folder().resolve(Variables.REQUESTS))); }

    /** Runs as a process of its own: an address, how many connections, how many seconds, and a file for its times. */
    static void main(String[] args) throws IOException {
        var reader = new Reader(URI.create(args[0]), Integer.parseInt(args[1]));
        reader.run(Duration.ofSeconds(Long.parseLong(args[2])));
        reader.recording.times().write(Path.of(args[3]));
    }

    /** Is its only thread. */
    private static final class Reader {
        private final ByteBuffer request;
        private final ByteBuffer answer = ByteBuffer.allocateDirect(64 * 1024);
        private final Selector selector = Selector.open();
        private final Recording recording = new Recording();

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

        void run(Duration all) throws IOException {
            long begin = System.nanoTime();
            for (var key : selector.keys()) ask(key);
            long nanos = all.toNanos();
            Consumer<SelectionKey> read = this::read;
            while (System.nanoTime() - begin < nanos) selector.selectNow(read);
        }

        private void ask(SelectionKey key) throws IOException {
            ((Asked) key.attachment()).sinceNanos = System.nanoTime();
            ((SocketChannel) key.channel()).write(request.flip());
        }

        /** Takes a read for an answer: those of the server that holds them are small and come whole. */
        private void read(SelectionKey key) {
            try {
                if (((SocketChannel) key.channel()).read(answer.clear()) < 0) throw new EOFException("The server has closed a connection.");
                long now = System.nanoTime();
                recording.add(now, now - ((Asked) key.attachment()).sinceNanos);
                ask(key);
            } catch (IOException left) {
                throw new UncheckedIOException(left);
            }
        }
    }
}
