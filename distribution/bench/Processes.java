import module java.base;

/** Starts processes on one core, and ends all of them with this one. */
final class Processes {
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();
    private static final boolean TASKSET = Files.isExecutable(Path.of("/usr/bin/taskset")) && Runtime.getRuntime().availableProcessors() > 1;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Processes::end)));
    }

    private Processes() {}

    /** Starts a command on a core, or on any when that is -1; what it says goes to a file. */
    static Process start(int core, Path output, String... command) throws IOException { return start(core, output, Map.of(), List.of(command)); }

    static Process start(int core, Path output, Map<String, String> environment, List<String> command) throws IOException {
        var words = new ArrayList<String>();
        if (TASKSET && core >= 0) words.addAll(List.of("taskset", "-c", "" + core));
        words.addAll(command);
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        STARTED.add(process);
        process.onExit().thenRun(() -> STARTED.remove(process));
        return process;
    }

    /** Keeps the calling thread on a core: tools are on another one. */
    static void keepCore(int core) {
        if (!TASKSET) return;
        try {
            var thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString();
            var process = new ProcessBuilder("taskset", "-c", "-p", "" + core, thread).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) throw new IOException(said);
        } catch (IOException | InterruptedException unusual) {
            IO.println("The server may share a core with the tool, which makes both late: " + unusual);
        }
    }

    /** Ends a process and those it started. */
    static void end(Process process) {
        var all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) all.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException interrupted) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /**
     * Is what processes have used.
     *
     * @param user seconds
     * @param system seconds
     */
    record Cpu(double user, double system) {

        Cpu minus(Cpu before) { return new Cpu(user - before.user, system - before.system); }

        Cpu per(long requests) { return new Cpu(user / requests * 1e6, system / requests * 1e6); }

        double total() { return user + system; }
    }

    /** Gives the CPU of a process and of all below it that are alive. */
    static Cpu cpu(Process process) throws IOException {
        double user = 0;
        double system = 0;
        for (var one : tree(process)) {
            var stat = read(one, "stat");
            if (stat.isEmpty()) continue;
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            user += Long.parseLong(fields[11]) / 100.0;
            system += Long.parseLong(fields[12]) / 100.0;
        }
        return new Cpu(user, system);
    }

    /** Gives the resident memory of a process and of all below it, in MB. */
    static double rssMegabytes(Process process) throws IOException {
        long kilobytes = 0;
        for (var one : tree(process)) {
            kilobytes += read(one, "status").lines().filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum();
        }
        return kilobytes / 1024.0;
    }

    private static List<ProcessHandle> tree(Process process) { return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList(); }

    private static String read(ProcessHandle process, String file) throws IOException {
        try {
            return Files.readString(Path.of("/proc", "" + process.pid(), file));
        } catch (NoSuchFileException ended) {
            return "";
        }
    }
}
