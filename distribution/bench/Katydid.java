import module java.base;

/** Is the product as it was built, on one loop, with all that a test usually has: context, name, cookie, a listener, CSV files and the terminal. */
record Katydid(boolean fast, Variant variant) implements Tool {
    static final String HOME = "distribution/target/katydid";

    enum Variant {
        USUAL(""), NATIVE_TLS(" --tls native"), BUSY_POLL(" --busy-poll"),
        /** As an embedder runs it who gives the JVM no flag: users on the JDK's own scheduler, with one thread as the log advises. */
        FALLBACK(" without --add-opens");

        private final String words;

        Variant(String words) { this.words = words; }
    }

    Katydid(boolean fast) { this(fast, Variant.USUAL); }

    @Override public String name() { return (fast ? "Katydid FastHttpUser" : "Katydid HttpUser") + variant.words; }

    @Override public Optional<String> missing() {
        return Files.isExecutable(Path.of(HOME, "bin/katydid")) ? Optional.empty() : Optional.of("it is not built: run mvn package");
    }

    @Override public boolean does(Scenario scenario) {
        return switch (variant) {
            case USUAL -> true;
            case NATIVE_TLS -> scenario.is(Scenario.Trait.TLS);
            case BUSY_POLL -> scenario.name().equals("r1000");
            case FALLBACK -> scenario.name().equals("c100");
        };
    }

    @Override public boolean compiles() { return true; }

    /** At a low rate, and with the engines of TLS, it takes the compiler longer to see what is often done. */
    @Override public int warmUp(Scenario scenario) {
        if (scenario.rate() > 0 && scenario.rate() <= 1000) return 40;
        if (!scenario.is(Scenario.Trait.TLS)) return 8;
        return variant == Variant.NATIVE_TLS ? 12 : scenario.is(Scenario.Trait.CLOSE) ? 32 : 18;
    }

    @Override public List<String> command(Run run) {
        var users = "" + run.scenario().connections();
        var words = new ArrayList<>(List.of(HOME + "/bin/katydid", "-f", "distribution/bench/users/BenchUsers.java", "-H", run.url(), "--headless", "-u", users, "-r", users,
            "-t", run.seconds() + "s", "--csv", run.folder().resolve("csv").toString(), "--loops", "1"));
        if (variant == Variant.NATIVE_TLS) words.addAll(List.of("--tls", "native"));
        if (variant == Variant.BUSY_POLL) words.add("--busy-poll");
        words.add(fast ? "Fast" : "Http");
        return words;
    }

    @Override public Map<String, String> environment(Run run) throws IOException {
        if (variant != Variant.FALLBACK) return Variables.of(run);
        var variables = new HashMap<>(Variables.of(run));
        variables.put("KATYDID_JAVA_HOME", withoutOpens(run.folder()).toString());
        variables.put("KATYDID_JAVA_OPTS", "-Djdk.virtualThreadScheduler.parallelism=1");
        return variables;
    }

    /** Gives a JDK that is this one but for a flag that its java does not hear. */
    private static Path withoutOpens(Path folder) throws IOException {
        var real = Path.of(System.getProperty("java.home"));
        var java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.copy(real.resolve("release"), folder.resolve("jdk/release"));
        Files.writeString(java, """
            #!/bin/sh
            count=$#
            while [ "$count" -gt 0 ]; do
                case $1 in --add-opens=*) ;; *) set -- "$@" "$1" ;; esac
                shift
                count=$((count - 1))
            done
            exec "%s" "$@"
            """.formatted(real.resolve("bin/java")));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return folder.resolve("jdk");
    }

    @Override public Optional<Latency> latency(Run run) throws IOException {
        var times = run.folder().resolve("times.txt");
        if (!Files.exists(times)) return Optional.empty();
        var parts = Files.readString(times).strip().split(" ");
        return Optional.of(new Latency(Double.parseDouble(parts[0]), Double.parseDouble(parts[1])));
    }

    @Override public Optional<Times> times(Run run) throws IOException {
        var requests = run.folder().resolve(Variables.REQUESTS);
        return Files.exists(requests) ? Optional.of(Times.read(requests)) : Optional.empty();
    }
}
