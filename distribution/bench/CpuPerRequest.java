import module java.base;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Compares the CPU a request costs in wrk, FastHttpUser and HttpUser, on one nginx, in interleaved rounds, after warm-up.
 *
 * <p>Run it from the root after {@code mvn package}: {@code java distribution/bench/CpuPerRequest.java [rounds] [seconds]}. It needs nginx and wrk, and uses taskset
 * to keep the server on one core and the generator on another. CPU is user + system time of the process from /proc between two instants, requests
 * are nginx's own count between the same instants.
 */
class CpuPerRequest {
    static final int CONNECTIONS = 100;
    static final Pattern COUNTERS = Pattern.compile("\\n\\s*(\\d+)\\s+(\\d+)\\s+(\\d+)");
    final HttpClient client = HttpClient.newHttpClient();
    final Path home = Files.createTempDirectory("katydid-bench");
    final int port;
    final Process nginx;

    record Cost(double user, double system) {
        double total() { return user + system; }
    }

    CpuPerRequest() throws Exception {
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var conf = Files.writeString(home.resolve("nginx.conf"), """
            daemon off; worker_processes 1; pid %1$s/nginx.pid; error_log %1$s/error.log warn;
            events { worker_connections 20000; }
            http { access_log off; keepalive_requests 1000000000; keepalive_timeout 600s;
              client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s; uwsgi_temp_path %1$s; scgi_temp_path %1$s;
              server { listen 127.0.0.1:%2$d backlog=20000; location /status { stub_status; }
                location / { default_type text/plain; return 200 "%3$s"; } } }
            """.formatted(home, port, "x".repeat(150)));
        nginx = pinned(1, "nginx", "-p", home.toString(), "-c", conf.toString(), "-e", home.resolve("error.log").toString()).start();
    }

    static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 6;
        var bench = new CpuPerRequest();
        try {
            bench.run(rounds, seconds);
        } finally {
            bench.nginx.destroy();
            bench.nginx.waitFor();
        }
    }

    void run(int rounds, int seconds) throws Exception {
        Thread.sleep(500);
        var costs = new LinkedHashMap<String, List<Cost>>();
        for (int round = 0; round < rounds; round++) {
            measure(costs, "wrk", 2, seconds, "wrk", "-t1", "-c" + CONNECTIONS, "-d" + (seconds + 4) + "s", url());
            for (var script : List.of("SteadyFast", "SteadyHttp")) {
                measure(costs, script, 10, seconds, "distribution/target/katydid/bin/katydid", "-f", "distribution/bench/" + script + ".java", "-H", url(), "--headless",
                    "-u", "" + CONNECTIONS, "-r", "" + CONNECTIONS, "-t", (seconds + 14) + "s", "--csv", home.resolve("csv").toString(), "--loops", "1");
            }
        }
        double wrk = median(costs.get("wrk"), Cost::total);
        IO.println("%-12s %4s %30s %18s %8s".formatted("generator", "n", "CPU µs/request [min..max]", "user / system", "x wrk"));
        costs.forEach((name, list) -> IO.println("%-12s %4d %14.2f [%.2f..%.2f] %12.2f / %.2f %8.2f".formatted(name, list.size(), median(list, Cost::total),
            list.stream().mapToDouble(Cost::total).min().orElseThrow(), list.stream().mapToDouble(Cost::total).max().orElseThrow(),
            median(list, Cost::user), median(list, Cost::system), median(list, Cost::total) / wrk)));
    }

    void measure(Map<String, List<Cost>> costs, String name, int warmUp, int seconds, String... command) throws Exception {
        var process = pinned(0, command).start();
        Thread.sleep(Duration.ofSeconds(warmUp));
        long served = served();
        var before = cpu(process.pid());
        Thread.sleep(Duration.ofSeconds(seconds));
        long count = served() - served;
        var after = cpu(process.pid());
        process.destroy();
        process.waitFor();
        var cost = new Cost((after.user - before.user) / count * 1e6, (after.system - before.system) / count * 1e6);
        costs.computeIfAbsent(name, _ -> new ArrayList<>()).add(cost);
        IO.println("  %s: %.2f µs (%.2f user, %.2f system), %,d requests/s".formatted(name, cost.total(), cost.user, cost.system, count / seconds));
    }

    /** Gives the CPU seconds of a process and its children that are alive. */
    static Cost cpu(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double ticks = 100;
        return new Cost(Long.parseLong(fields[11]) / ticks, Long.parseLong(fields[12]) / ticks);
    }

    long served() throws Exception {
        var found = COUNTERS.matcher(client.send(HttpRequest.newBuilder(URI.create(url() + "status")).build(), BodyHandlers.ofString()).body());
        if (!found.find()) throw new IllegalStateException("nginx did not give its status");
        return Long.parseLong(found.group(3));
    }

    ProcessBuilder pinned(int core, String... command) {
        var all = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/taskset"))) all.addAll(List.of("taskset", "-c", "" + core));
        all.addAll(List.of(command));
        return new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(home.resolve("output.txt").toFile());
    }

    String url() { return "http://127.0.0.1:" + port + "/"; }

    static double median(List<Cost> costs, ToDoubleFunction<Cost> of) {
        var sorted = costs.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
