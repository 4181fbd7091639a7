package io.katydid.launcher;

import io.katydid.host.Host;
import io.katydid.host.HostOptions;
import java.util.List;
import java.util.stream.Stream;

/** Loads bundles and scripts by the host. */
final class HostPlatform implements Platform {
    private final Host host;

    private HostPlatform(Host host) {
        this.host = host;
    }

    static Platform open(Place place, String plugins) {
        var folders = place.install().stream().flatMap(home -> Stream.of(home.resolve("bundles"), home.resolve("plugins"))).toList();
        return new HostPlatform(Host.start(new HostOptions(folders, plugins, place.cache())));
    }

    @Override public <T> List<Offer<T>> offers(Class<T> kind) {
        return host.extensions(kind).stream().map(found -> new Offer<T>(found.bundle(), found::create)).toList();
    }

    @Override public List<Bundle> bundles() {
        return host.bundles().stream().map(info -> new Bundle(info.name(), info.version(), info.state(), info.file(), info.error()))
            .toList();
    }

    @Override public Script load(List<String> locators) {
        var script = host.scripts().load(locators);
        return new Script(script.userClasses(), script.shapes(), script.plugins(), script.listeners());
    }

    @Override public void close() {
        host.close();
    }
}
