package io.katydid.kernel;

import io.katydid.api.Registration;
import io.katydid.api.ThrowingRunnable;
import io.katydid.api.web.WebHandler;
import io.katydid.api.web.WebPanel;
import io.katydid.api.web.WebUI;
import java.util.Map;
import java.util.Optional;

/** Is the same table, whose new routes need no sign-in. */
record OpenTable(WebTable table) implements WebUI {

    @Override public Registration get(String path, WebHandler handler) { return route("GET", path, handler); }

    @Override public Registration post(String path, WebHandler handler) { return route("POST", path, handler); }

    @Override public Registration route(String method, String path, WebHandler handler) { return table.addOpen(method, path, handler); }

    @Override public WebUI open() { return this; }

    @Override public WebHandler authRequiredIfEnabled(WebHandler handler) { return handler; }

    @Override public Registration addBackgroundTask(ThrowingRunnable task) { return table.addBackgroundTask(task); }

    @Override public Registration addPanel(WebPanel panel) { return table.addPanel(panel); }

    @Override public Map<String, Object> authArgs() { return table.authArgs(); }

    @Override public Map<String, Object> templateArgs() { return table.templateArgs(); }

    @Override public boolean isServing() { return table.isServing(); }

    @Override public void start() {
        table.start();
    }

    @Override public void stop() {
        table.stop();
    }

    @Override public void close() {
        table.close();
    }

    @Override public <T> Optional<T> unwrap(Class<T> type) { return table.unwrap(type); }
}
