package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.Environment;
import io.katydid.api.MasterRunner;
import io.katydid.api.Plugin;
import io.katydid.api.WorkerRunner;
import io.katydid.cluster.ClusterOptions;
import io.katydid.cluster.NoMaster;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.OptionValues;
import io.katydid.kernel.run.Cluster;
import io.katydid.kernel.run.RunnerHome;
import io.katydid.kernel.run.TestRunner;
import io.katydid.parity.Parity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts masters and workers from their command lines. */
class ClusterRunsTest {
    @TempDir Path folder;

    private Scene scene(List<Environment> environments) throws IOException {
        var scene = new Scene(folder);
        // A worker without a script says how to get one.
        Files.writeString(folder.resolve("katydidfile.java"), "");
        scene.offer(Plugin.class, "probe", () -> new Plugin() {
            @Override public void init(Environment environment) { environments.add(environment); }
        });
        return scene;
    }

    /** Counts the users of a worker when all are there. */
    private static Plugin counter(Map<Integer, Integer> users) {
        return new Plugin() {
            @Override public void init(Environment environment) {
                environment.events().spawningComplete()
                    .addListener(_ -> users.put(((WorkerRunner) environment.runner()).workerIndex(), environment.runner().userCount()));
            }
        };
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    @Parity({"CL-24", "CL-25", "CL-26", "CL-27", "CL-31", "CL-34", "CL-35", "AC-27"}) void aMasterAndTwoWorkersRunATest() throws Exception {
        var port = String.valueOf(freePort());
        var environments = new CopyOnWriteArrayList<Environment>();
        var users = new ConcurrentHashMap<Integer, Integer>();
        try (var processes = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            var codes = new ArrayList<Future<Integer>>();
            codes.add(
                processes.submit(() -> scene(environments).run("--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", port,
                    "--headless", "--expect-workers", "2", "-u", "4", "-r", "100", "-t", "2")));
            for (int i = 0; i < 2; i++) {
                codes.add(processes.submit(() -> {
                    var scene = scene(environments);
                    scene.offer(Plugin.class, "counter", () -> counter(users));
                    return scene.run("--worker", "--master-host", "127.0.0.1", "--master-port", port);
                }));
            }
            try {
                // The workers first: without them the master waits for ever.
                for (var code : codes.reversed()) assertThat(code.get(60, TimeUnit.SECONDS)).isZero();
            } finally {
                processes.shutdownNow();
            }
        }
        assertThat(users).containsOnlyKeys(0, 1).containsValues(2, 2);
        var made = environments.stream().filter(environment -> environment.runner() instanceof MasterRunner).toList();
        assertThat(made).singleElement().satisfies(environment -> {
            assertThat(((MasterRunner) environment.runner()).port()).isEqualTo(Integer.parseInt(port));
            assertThat(environment.stats().total().numRequests()).isPositive();
        });
        // The value of the master, and not the default, which is 1.
        assertThat(environments).filteredOn(environment -> environment.runner() instanceof WorkerRunner).hasSize(2)
            .allSatisfy(environment -> assertThat(environment.parsedOptions().get(ClusterOptions.EXPECT_WORKERS)).isEqualTo(2));
    }

    @Test
    @Parity({"CL-27", "CL-28", "CL-115", "CL-121", "AC-26"}) void aMasterWaitsForItsWorkersAndGivesUp() {
        assertThat(ClusterOptions.EXPECT_WORKERS.defaultValue()).hasValue(1);
        assertThat(ClusterOptions.EXPECT_WORKERS_MAX_WAIT.defaultValue()).hasValue(0);
        var scene = new Scene(folder);
        assertThat(
            scene.run("--master", "--master-bind-port", "0", "--headless", "--expect-workers", "2", "--expect-workers-max-wait", "7"))
            .isEqualTo(1);
        // The first five seconds are quiet.
        assertThat(scene.err().lines().filter(line -> line.contains("Waiting for workers to be ready, 0 of 2 connected"))).hasSize(2);
        assertThat(scene.err()).contains("Gave up waiting for workers to connect: 0 of 2 were ready after 7 s. Start them with --worker"
            + " --master-host, or expect fewer with --expect-workers.");
    }

    @Test
    @Parity({"CL-121", "CL-123"}) void aProcessIsNotMasterAndWorker() {
        var scene = new Scene(folder);
        assertThat(scene.run("--master", "--worker", "--headless")).isEqualTo(255);
        assertThat(scene.err()).contains("The --master argument cannot be combined with --worker");
        var third = new Scene(folder);
        assertThat(third.run("--master", "--processes", "2", "--headless")).isEqualTo(1);
        assertThat(third.err()).contains("The --master argument cannot be combined with --processes");
    }

    @Test
    @Parity("CL-121") void aBusyPortEndsTheMaster() throws IOException {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var scene = new Scene(folder);
            assertThat(scene.run("--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", String.valueOf(busy.getLocalPort()),
                "--headless")).isEqualTo(1);
            assertThat(scene.err())
                .contains("The Katydid master port (" + busy.getLocalPort() + ") was busy. Close any other program that uses it");
        }
    }

    @Test
    @Parity({"PR-60", "CL-121"}) void aWorkerThatFindsNoMasterEndsWith255() {
        var options = new OptionValues.Builder().put(ClusterOptions.WORKER, true, "test").add(ClusterOptions.MASTER)
            .add(ClusterOptions.PROCESSES)
            .add(ClusterOptions.MASTER_HOST).add(ClusterOptions.MASTER_PORT).add(KernelOptions.AUTOSTART).add(KernelOptions.AUTOQUIT)
            .add(KernelOptions.HEADLESS).build();
        try (var environment = new EnvironmentBuilder().parsedOptions(options).cluster(InVain::new).build()) {
            var flow = new RunFlow(environment, true, _ -> {}, (_, _) -> Children.none());
            assertThatThrownBy(() -> flow.run(new ByteArrayInputStream(new byte[0]))).isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.code().code()).isEqualTo(255);
                assertThat(refusal).hasMessage("nobody at 127.0.0.1:5557");
            });
        }
    }

    /** Finds no master, at once. */
    private static final class InVain implements Cluster {
        @Override public TestRunner master(RunnerHome home, String bindHost, int bindPort) { throw new IllegalStateException(bindHost); }

        @Override public TestRunner worker(RunnerHome home, String masterHost, int masterPort) {
            throw new NoMaster("nobody at " + masterHost + ":" + masterPort);
        }
    }
}
