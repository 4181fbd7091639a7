package io.katydid.kernel;

import io.katydid.api.Environment;
import io.katydid.api.KatydidException;
import io.katydid.api.Registration;
import io.katydid.api.ThrowingRunnable;
import io.katydid.api.web.Plugins;
import io.katydid.api.web.WebHandler;
import io.katydid.api.web.WebModel;
import io.katydid.api.web.WebPanel;
import io.katydid.api.web.WebServer;
import io.katydid.api.web.WebUI;
import io.katydid.api.web.WebUIOptions;
import io.katydid.kernel.event.Owner;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what scripts and bundles add to the console; a server serves it and may be replaced without losing a route. */
final class WebTable implements WebUI, WebModel {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.web");
    private static final List<String> RESERVED = List.of("/api/", "/console/", "/assets/");
    private static final Set<String> PAGES = Set.of("/", "/login", "/logout");
    private final Environment environment;
    private final Supplier<Optional<WebServer>> servers;
    private final Optional<Plugins> plugins;
    private final List<Route> routes = new CopyOnWriteArrayList<>();
    private final List<WebPanel> panels = new CopyOnWriteArrayList<>();
    private final Map<String, Object> authArgs = new ConcurrentHashMap<>();
    private final Map<String, Object> templateArgs = new ConcurrentHashMap<>();
    private volatile WebUIOptions options = WebUIOptions.defaults();
    private volatile WebServer.@Nullable Served served;

    WebTable(Environment environment, Supplier<Optional<WebServer>> servers, Optional<Plugins> plugins) {
        this.environment = environment;
        this.plugins = plugins;
        this.servers = servers;
    }

    void options(WebUIOptions chosen) {
        options = chosen;
    }

    @Override public Environment environment() { return environment; }

    @Override public List<Route> routes() { return List.copyOf(routes); }

    @Override public Optional<Plugins> plugins() { return plugins; }

    @Override public List<WebPanel> panels() { return List.copyOf(panels); }

    @Override public Registration get(String path, WebHandler handler) { return route("GET", path, handler); }

    @Override public Registration post(String path, WebHandler handler) { return route("POST", path, handler); }

    @Override public Registration route(String method, String path, WebHandler handler) { return add(method, path, true, handler); }

    private Registration add(String method, String path, boolean signIn, WebHandler handler) {
        var route = new Route(method.toUpperCase(Locale.ROOT), path, signIn, handler);
        check(route);
        routes.add(route);
        return Owner.own(() -> routes.remove(route));
    }

    private void check(Route route) {
        var path = route.path();
        if (!path.startsWith("/")) throw refused(path, "a path begins with a slash", "Write /" + path + ".");
        if (PAGES.contains(path) || RESERVED.stream().anyMatch(path::startsWith))
            throw refused(path, "the console itself answers it", "Choose another one, such as /ops" + path + ".");
        if (routes.stream().anyMatch(other -> other.path().equals(path) && other.method().equals(route.method()))) {
            throw refused(path, "it is taken already", "Choose another one, or close the registration that has it.");
        }
    }

    private static KatydidException refused(String path, String why, String remedy) {
        return new KatydidException("The route '" + path + "' is refused: " + why + ". " + remedy);
    }

    @Override public WebUI open() { return new OpenTable(this); }

    Registration addOpen(String method, String path, WebHandler handler) { return add(method, path, false, handler); }

    @Override public WebHandler authRequiredIfEnabled(WebHandler handler) { return handler; }

    @Override public Registration addBackgroundTask(ThrowingRunnable task) {
        var thread = Thread.ofPlatform().daemon().name("katydid-web-task").start(() -> {
            try {
                task.run();
            } catch (InterruptedException stopped) {
                LOG.debug("A background task of the console was stopped");
            } catch (Exception | LinkageError problem) {
                LOG.error("A background task of the console failed: {}", problem.toString(), problem);
            }
        });
        return Owner.own(thread::interrupt);
    }

    @Override public Registration addPanel(WebPanel panel) {
        if (panels.stream().anyMatch(other -> other.id().equals(panel.id()))) {
            throw new KatydidException("The panel '" + panel.id() + "' is there already. Give this one another id.");
        }
        panels.add(panel);
        return Owner.own(() -> panels.remove(panel));
    }

    @Override public Map<String, Object> authArgs() { return authArgs; }

    @Override public Map<String, Object> templateArgs() { return templateArgs; }

    @Override public boolean isServing() { return served != null; }

    @Override public synchronized void start() {
        if (served != null) return;
        served = servers.get().orElseThrow(() -> new KatydidException("No web server on the class path. Add katydid-console.")).start(this,
            options);
    }

    @Override public synchronized void stop() {
        var running = served;
        served = null;
        if (running != null) running.close();
    }

    @Override public void close() {
        stop();
    }

    @Override public <T> Optional<T> unwrap(Class<T> type) {
        var running = served;
        return running == null ? Optional.empty() : running.unwrap(type);
    }
}
