import module java.base;

/** Is a load generator that can be measured. */
interface Tool {

    /** Gives what the report calls it. */
    String name();

    /** Tells why it cannot be measured here; empty when it can. */
    Optional<String> missing();

    /** Tells whether it can do this. */
    boolean does(Scenario scenario);

    /** Gives how long it runs before it is measured, in seconds: a tool that compiles while it runs needs longer. */
    int warmUp(Scenario scenario);

    /** Tells whether it compiles itself while it runs: on a machine that others slow down, that takes longer than its warm-up. */
    default boolean compiles() { return false; }

    /** Gives what to start for a run of so many seconds, warm-up included. */
    List<String> command(Run run) throws IOException;

    /** Gives variables for the command. */
    default Map<String, String> environment(Run run) throws IOException { return Map.of(); }

    /** Reads response times from what it said and wrote; empty where it does not tell. */
    Optional<Latency> latency(Run run) throws IOException;

    /** Reads how long each of its requests took, those of the warm-up perhaps among them; empty where it does not tell. */
    default Optional<Times> times(Run run) throws IOException { return Optional.empty(); }

    /**
     * Is one run.
     *
     * @param folder where it writes; the file {@code output.txt} has what it said
     * @param url the server's, without a path
     * @param seconds how long it is to run, warm-up included
     */
    record Run(Scenario scenario, Path folder, String url, int seconds, int warmUp) {

        String said() throws IOException { return Files.readString(folder.resolve("output.txt")); }

        String target() { return url + scenario.path(); }
    }

    /** Is response times in milliseconds. */
    record Latency(double p50, double p99) {}

    static Optional<String> missingProgram(String program) {
        boolean found = Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin")).map(folder -> Path.of(folder, program)).anyMatch(Files::isExecutable);
        return found ? Optional.empty() : Optional.of(program + " is not installed");
    }

    /** Finds a number in a text; NaN where there is none. */
    static double number(String text, String pattern) {
        var found = Pattern.compile(pattern).matcher(text);
        return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
    }

    static Optional<Latency> latency(double p50, double p99) { return Double.isNaN(p50) ? Optional.empty() : Optional.of(new Latency(p50, p99)); }
}
