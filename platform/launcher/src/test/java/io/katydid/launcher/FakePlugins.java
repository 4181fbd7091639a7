package io.katydid.launcher;

import io.katydid.api.KatydidException;
import io.katydid.api.web.ConsolePanel;
import io.katydid.api.web.PluginInfo;
import io.katydid.api.web.PluginInfo.Provided;
import io.katydid.api.web.Plugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps bundles in a list instead of folders. */
final class FakePlugins implements Plugins {
    final List<PluginInfo> all = new ArrayList<>(List.of(
        new PluginInfo("http", "1.2.0", "active", List.of(new Provided("protocol", "HttpUser"), new Provided("package", "io.katydid.http")),
            Path.of("bundles/http.jar"), "", ""),
        new PluginInfo("bad", "0.1.0", "failed", List.of(), Path.of("plugins/bad.jar"), "no manifest. Give it one", "")));
    final List<String> calls = new ArrayList<>();

    @Override public List<PluginInfo> list() { return List.copyOf(all); }

    @Override public List<ConsolePanel> panels() { return List.of(); }

    @Override public PluginInfo check(Path jar) {
        calls.add("check " + jar.getFileName());
        return all.stream().filter(info -> info.file().equals(jar.getFileName().toString())).findFirst()
            .orElseThrow(() -> new KatydidException("There is no file '" + jar.getFileName() + "'."));
    }

    @Override public PluginInfo install(Path jar) {
        calls.add("install " + jar.getFileName());
        return check(jar);
    }

    @Override public PluginInfo remove(String name, boolean now) {
        calls.add("remove " + name + (now ? " now" : ""));
        return all.stream().filter(info -> info.name().equals(name)).findFirst().orElseThrow();
    }
}
