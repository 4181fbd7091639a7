package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Renders the chart and the manifests, and looks at what Kubernetes would be given. */
class ChartTest {
    private static final Path KUBERNETES = Modules.ROOT.resolve("distribution/kubernetes");
    private static final Pattern QUANTITY = Pattern.compile("\\d+m?|\\d+(Ki|Mi|Gi)");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /** Gives the objects by their kind and the end of their name, such as {@code Job master}. */
    private static Map<String, Map<String, Object>> objects(String release, Map<String, String> changes) throws IOException {
        var objects = new LinkedHashMap<String, Map<String, Object>>();
        new Chart().render(release, "Helm", changes).forEach((file, text) -> {
            assertThat(text).as(file).doesNotContain("{{", "}}", "\t", "<no value>", "%!");
            if (file.equals("NOTES.txt")) return;
            var documents = Chart.load(text);
            assertThat(documents).as(file).hasSize(1);
            var object = Chart.map(documents.getFirst());
            var component = text(object, "metadata.labels", "app.kubernetes.io/component");
            objects.put(object.get("kind") + (component.isEmpty() ? "" : " " + component), object);
        });
        return objects;
    }

    private static Object at(Object start, String path) {
        Object value = start;
        for (var key : path.split("\\."))
            value = value instanceof List<?> list ? list.get(Integer.parseInt(key)) : Chart.map(value).getOrDefault(key, Map.of());
        return value;
    }

    private static String text(Object start, String path, String key) {
        return String.valueOf(Chart.map(at(start, path)).getOrDefault(key, ""));
    }

    private static List<String> args(Map<String, Object> object) {
        return ((List<?>) at(object, "spec.template.spec.containers.0.args")).stream().map(String.class::cast).toList();
    }

    @Test void aJobIsOneTest() throws Exception {
        var objects = objects("checkout", Map.of("host", "https://shop.example.com"));
        assertThat(objects.keySet()).containsExactly("Job master", "ConfigMap", "Service master", "Job worker");
        assertThat(objects.values()).extracting(object -> at(object, "metadata.name"))
            .containsExactly("checkout-master-3", "checkout-scripts", "checkout-master", "checkout-worker-3");
        var master = objects.get("Job master");
        assertThat(args(master)).containsExactly("--locustfile=/katydid/scripts/LoadTest.java", "--stop-timeout=30s", "--master",
            "--master-bind-port=5557",
            "--expect-workers=2", "--enable-rebalancing", "--only-summary", "--host=https://shop.example.com", "--users=10",
            "--spawn-rate=1", "--headless",
            "--run-time=5m");
        assertThat(at(master, "spec.backoffLimit")).isEqualTo(0);
        assertThat(at(master, "spec.template.spec.restartPolicy")).isEqualTo("Never");
        var worker = objects.get("Job worker");
        assertThat(args(worker)).containsExactly("--locustfile=/katydid/scripts/LoadTest.java", "--stop-timeout=30s", "--worker",
            "--master-host=checkout-master",
            "--master-port=5557");
        assertThat(List.of(at(worker, "spec.parallelism"), at(worker, "spec.completions"))).containsExactly(2, 2);
        assertThat(at(worker, "spec.template.spec.restartPolicy")).isEqualTo("OnFailure");
        for (var job : List.of(master, worker))
            assertThat(Chart.map(at(job, "spec"))).doesNotContainKeys("ttlSecondsAfterFinished", "selector");
    }

    @Test void aDeploymentStays() throws Exception {
        var objects = objects("checkout", Map.of("kind", "Deployment", "worker.replicas", "5"));
        assertThat(objects.keySet()).containsExactly("Deployment master", "ConfigMap", "Service master", "Deployment worker");
        var master = objects.get("Deployment master");
        assertThat(args(master)).contains("--autostart", "--expect-workers=5").doesNotContain("--headless", "--run-time=5m");
        assertThat(at(master, "spec.replicas")).isEqualTo(1);
        assertThat(at(master, "spec.strategy.type")).isEqualTo("Recreate");
        assertThat(at(objects.get("Deployment worker"), "spec.replicas")).isEqualTo(5);
        for (var role : List.of("master", "worker")) {
            var object = objects.get("Deployment " + role);
            var selector = Chart.map(at(object, "spec.selector.matchLabels"));
            assertThat(selector).containsEntry("app.kubernetes.io/component", role).hasSize(3);
            assertThat(Chart.map(at(object, "spec.template.metadata.labels"))).containsAllEntriesOf(selector);
            assertThat(Chart.map(at(object, "spec.template.spec"))).doesNotContainKey("restartPolicy");
        }
        assertThat(ports(objects.get("Service master"))).containsExactly("master 5557 master", "web 8089 web");
    }

    private static List<String> ports(Map<String, Object> service) {
        return ((List<?>) at(service, "spec.ports")).stream().map(Chart::map)
            .map(port -> port.get("name") + " " + port.get("port") + " " + port.get("targetPort")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Job", "Deployment"}) void theServiceFindsTheMasterAndOnlyIt(String kind) throws Exception {
        var objects = objects("checkout", Map.of("kind", kind));
        var service = objects.get("Service master");
        var selector = Chart.map(at(service, "spec.selector"));
        var master = objects.get(kind + " master");
        assertThat(Chart.map(at(master, "spec.template.metadata.labels"))).containsAllEntriesOf(selector);
        assertThat(Chart.map(at(objects.get(kind + " worker"), "spec.template.metadata.labels")).entrySet())
            .doesNotContainSequence(selector.entrySet());
        var named = ((List<?>) at(master, "spec.template.spec.containers.0.ports")).stream().map(Chart::map)
            .map(port -> port.get("name") + " " + port.get("containerPort") + " " + port.get("name")).toList();
        assertThat(ports(service)).isEqualTo(named).hasSize(kind.equals("Job") ? 1 : 2);
        assertThat(at(master, "spec.template.spec.containers.0.readinessProbe.tcpSocket.port")).isEqualTo("master");
        assertThat(args(objects.get(kind + " worker"))).contains("--master-host=" + at(service, "metadata.name"), "--master-port=5557");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Job", "Deployment"}) void podsAreConfinedAndDrain(String kind) throws Exception {
        var objects = objects("checkout", Map.of("kind", kind, "stopTimeout", "120"));
        for (var role : List.of("master", "worker")) {
            var pod = at(objects.get(kind + " " + role), "spec.template.spec");
            assertThat(at(pod, "terminationGracePeriodSeconds")).isEqualTo(150);
            assertThat(args(objects.get(kind + " " + role))).contains("--stop-timeout=120s");
            assertThat(at(pod, "enableServiceLinks")).isEqualTo(false);
            assertThat(at(pod, "automountServiceAccountToken")).isEqualTo(false);
            assertThat(Chart.map(at(pod, "securityContext"))).containsEntry("runAsNonRoot", true).containsEntry("runAsUser", 10001)
                .containsEntry("runAsGroup", 0)
                .containsEntry("seccompProfile", Map.of("type", "RuntimeDefault"));
            assertThat(at(pod, "containers.0.securityContext"))
                .isEqualTo(Map.of("allowPrivilegeEscalation", false, "capabilities", Map.of("drop", List.of("ALL"))));
            assertThat((List<?>) at(pod, "containers")).hasSize(1);
            var resources = Chart.map(at(pod, "containers.0.resources"));
            assertThat(resources).containsOnlyKeys("requests", "limits");
            resources.values().forEach(each -> assertThat(Chart.map(each).values()).isNotEmpty()
                .allSatisfy(quantity -> assertThat(quantity.toString()).matches(QUANTITY)));
            assertThat(Chart.map(resources.get("limits"))).containsOnlyKeys("memory");
        }
    }

    @Test void theScriptIsMountedWhereItIsRun() throws Exception {
        var objects = objects("checkout", Map.of());
        var files = Chart.map(objects.get("ConfigMap").get("data"));
        assertThat(files).containsOnlyKeys("LoadTest.java");
        assertThat(files.get("LoadTest.java")).isEqualTo(Chart.map(at(Chart.values(), "script.files")).get("LoadTest.java"));
        assertThat(files.get("LoadTest.java").toString()).contains("class BrowseUser extends HttpUser {\n    @Override");
        for (var role : List.of("Job master", "Job worker")) {
            var pod = at(objects.get(role), "spec.template.spec");
            assertThat(at(pod, "volumes")).isEqualTo(List.of(Map.of("name", "scripts", "configMap", Map.of("name", "checkout-scripts"))));
            assertThat(at(pod, "containers.0.volumeMounts"))
                .isEqualTo(List.of(Map.of("name", "scripts", "mountPath", "/katydid/scripts", "readOnly", true)));
        }
        var own = objects("checkout", Map.of("script.configMap", "mine", "script.file", "Mine.java"));
        assertThat(own).doesNotContainKey("ConfigMap");
        assertThat(at(own.get("Job worker"), "spec.template.spec.volumes.0.configMap.name")).isEqualTo("mine");
        assertThat(args(own.get("Job master"))).startsWith("--locustfile=/katydid/scripts/Mine.java");
    }

    @Test void theTokenComesFromASecretAsAFile() throws Exception {
        var objects = objects("checkout", Map.of("token.secret", "ours", "token.key", "word"));
        for (var role : List.of("Job master", "Job worker")) {
            assertThat(args(objects.get(role))).contains("--cluster-token-file=/katydid/token/word");
            var pod = at(objects.get(role), "spec.template.spec");
            assertThat(at(pod, "volumes.1"))
                .isEqualTo(Map.of("name", "token", "secret", Map.of("secretName", "ours", "defaultMode", 0440)));
            assertThat(at(pod, "containers.0.volumeMounts.1"))
                .isEqualTo(Map.of("name", "token", "mountPath", "/katydid/token", "readOnly", true));
        }
    }

    @Test void otherValuesArriveWhereTheyBelong() throws Exception {
        var objects = objects("checkout",
            Map.ofEntries(Map.entry("users", "1000000"), Map.entry("spawnRate", "2.5"), Map.entry("runTime", "''"),
                Map.entry("image", "{repository: registry.example.com/katydid, tag: '1.2', pullPolicy: Always}"),
                Map.entry("imagePullSecrets", "[{name: pull}]"),
                Map.entry("env", "[{name: NO_COLOR, value: '1'}]"), Map.entry("master.args", "[--check-fail-ratio=0.01]"),
                Map.entry("worker.args", "[--loglevel, DEBUG]"),
                Map.entry("worker.nodeSelector", "{pool: load}"),
                Map.entry("worker.tolerations", "[{key: load, operator: Exists, effect: NoSchedule}]"),
                Map.entry("worker.affinity", "{podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}}"),
                Map.entry("master.annotations", "{team: shop}"),
                Map.entry("worker.annotations", "{team: load}"), Map.entry("job.ttlSecondsAfterFinished", "2000000"),
                Map.entry("service.type", "NodePort")));
        var master = objects.get("Job master");
        assertThat(args(master)).contains("--users=1000000", "--spawn-rate=2.5").endsWith("--headless", "--check-fail-ratio=0.01");
        var worker = objects.get("Job worker");
        assertThat(args(worker)).endsWith("--loglevel", "DEBUG");
        for (var job : List.of(master, worker)) {
            var pod = at(job, "spec.template.spec");
            assertThat(at(pod, "containers.0.image")).isEqualTo("registry.example.com/katydid:1.2");
            assertThat(at(pod, "containers.0.imagePullPolicy")).isEqualTo("Always");
            assertThat(at(pod, "imagePullSecrets")).isEqualTo(List.of(Map.of("name", "pull")));
            assertThat(at(pod, "containers.0.env")).isEqualTo(List.of(Map.of("name", "NO_COLOR", "value", "1")));
            assertThat(at(job, "spec.ttlSecondsAfterFinished")).isEqualTo(2_000_000);
            assertThat(text(job, "metadata.labels", "app.kubernetes.io/version")).isEqualTo("1.2");
        }
        var pod = at(worker, "spec.template.spec");
        assertThat(at(pod, "nodeSelector")).isEqualTo(Map.of("pool", "load"));
        assertThat(at(pod, "tolerations")).isEqualTo(List.of(Map.of("key", "load", "operator", "Exists", "effect", "NoSchedule")));
        assertThat(Chart.map(at(pod, "affinity"))).containsOnlyKeys("podAntiAffinity");
        assertThat(Chart.map(at(master, "spec.template.spec"))).doesNotContainKeys("nodeSelector", "tolerations", "affinity");
        assertThat(at(master, "spec.template.metadata.annotations")).isEqualTo(Map.of("team", "shop"));
        assertThat(at(worker, "spec.template.metadata.annotations")).isEqualTo(Map.of("team", "load"));
        assertThat(at(objects.get("Service master"), "spec.type")).isEqualTo("NodePort");
    }

    @Test void namesFit() throws Exception {
        var objects = objects("a-release-whose-name-is-as-long-as-helm-lets-it-be-53", Map.of());
        assertThat(objects.values()).hasSize(4).allSatisfy(object -> assertThat(at(object, "metadata.name").toString()).matches(NAME));
    }

    @Test void aWrongKindIsRefused() throws Exception {
        var chart = new Chart();
        assertThatThrownBy(() -> chart.render("checkout", "Helm", Map.of("kind", "StatefulSet")))
            .hasMessage("kind is 'StatefulSet'. Set it to Job or Deployment.");
    }

    @Test void theNotesNameWhatIsThere() throws Exception {
        assertThat(new Chart().render("checkout", "Helm", Map.of()).get("NOTES.txt")).contains("when 2 workers have joined",
            "--follow job/checkout-master-3");
        assertThat(new Chart().render("checkout", "Helm", Map.of("kind", "Deployment")).get("NOTES.txt")).contains(
            "--follow deployment/checkout-master",
            "service/checkout-master 8089");
    }

    @Test void theChartIsOfThisVersion() throws Exception {
        var version = Files.readString(Modules.ROOT.resolve("pom.xml")).lines().filter(line -> line.startsWith("  <version>")).findFirst()
            .orElseThrow()
            .replaceAll("</?version>", "").strip();
        assertThat(Chart.about()).containsEntry("appVersion", version).containsEntry("version", version.replace("-SNAPSHOT", ""))
            .containsEntry("apiVersion", "v2")
            .containsEntry("name", Chart.FOLDER.getFileName().toString());
        assertThat(at(objects("checkout", Map.of()).get("Job master"), "spec.template.spec.containers.0.image"))
            .isEqualTo("katydid:" + version);
    }

    /** The manifests are the chart's output, so that both say the same; {@code -Dkatydid.manifests=write} writes them. */
    @ParameterizedTest
    @ValueSource(strings = {"Job", "Deployment"}) void theManifestsAreTheChartsOutput(String kind) throws Exception {
        var texts = new Chart().render("katydid", "kubectl", Map.of("kind", kind, "host", "http://shop.example.com"));
        texts.remove("NOTES.txt");
        var lines = new ArrayList<>(List.of("# Made from the chart: kubectl apply -f " + kind.toLowerCase(Locale.ROOT) + ".yaml",
            "# Put in your image, --host, script, users and workers first; --expect-workers is the number of workers."));
        for (var part : List.of("scripts.yaml", "service.yaml", "master.yaml", "worker.yaml")) {
            lines.add("---");
            texts.get(part).replace("-master-3", "-master").replace("-worker-3", "-worker").lines().filter(line -> !line.isBlank())
                .forEach(lines::add);
        }
        var manifest = KUBERNETES.resolve("manifests/" + kind.toLowerCase(Locale.ROOT) + ".yaml");
        if ("write".equals(System.getProperty("katydid.manifests"))) Files.write(manifest, lines);
        assertThat(Files.readAllLines(manifest)).as("%s; write it anew with -Dkatydid.manifests=write", manifest.getFileName())
            .isEqualTo(lines);
        assertThat(Chart.load(Files.readString(manifest))).hasSize(4);
    }
}
