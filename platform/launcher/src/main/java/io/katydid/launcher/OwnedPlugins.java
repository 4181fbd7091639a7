package io.katydid.launcher;

import io.katydid.api.Command;
import io.katydid.api.web.ConsolePanel;
import io.katydid.api.web.PluginInfo;
import io.katydid.api.web.Plugins;
import io.katydid.kernel.options.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Adds to what the host knows of bundles what the launcher knows: their options and verbs. */
final class OwnedPlugins implements Plugins {
    private final Platform platform;
    private final Declared declared;

    OwnedPlugins(Platform platform, Declared declared) {
        this.platform = platform;
        this.declared = declared;
    }

    @Override public List<PluginInfo> list() {
        var owned = declared.platforms();
        return platform.plugins().list().stream().map(info -> with(info, owned)).toList();
    }

    private PluginInfo with(PluginInfo info, List<Options.Owned> owned) {
        if (!info.state().equals("active")) return info;
        var options = owned.stream().filter(one -> one.owner().equals(info.name()) && !one.option().isHidden())
            .map(one -> new PluginInfo.Provided("option", one.option().name()));
        var verbs = platform.offers(Command.class).stream().filter(offer -> offer.owner().equals(info.name()))
            .map(offer -> new PluginInfo.Provided("verb", offer.create().get().name()));
        return info.with(Stream.concat(verbs, options).toList());
    }

    @Override public List<ConsolePanel> panels() { return platform.plugins().panels(); }

    @Override public PluginInfo check(Path jar) { return platform.plugins().check(jar); }

    @Override public PluginInfo install(Path jar) { return platform.plugins().install(jar); }

    @Override public PluginInfo remove(String name, boolean now) { return platform.plugins().remove(name, now); }
}
