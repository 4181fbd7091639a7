package io.katydid.launcher;

import io.katydid.host.Host;
import io.katydid.host.HostOptions;
import io.katydid.host.ScriptException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Loads bundles and scripts by the host. */
final class HostPlatform implements Platform {
    private final Host host;
    private Optional<io.katydid.host.Script> script = Optional.empty();

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
        var loaded = host.scripts().load(locators);
        script = Optional.of(loaded);
        return parts(loaded);
    }

    @Override public Optional<Script> edited() {
        if (script.isEmpty()) return Optional.empty();
        var loaded = script.get();
        int before = loaded.revision();
        host.scripts().reload(loaded).ifPresent(why -> {
            throw new ScriptException(why);
        });
        return loaded.revision() == before ? Optional.empty() : Optional.of(parts(loaded));
    }

    private static Script parts(io.katydid.host.Script of) {
        return new Script(of.userClasses(), of.shapes(), of.plugins(), of.listeners());
    }

    @Override public void close() {
        host.close();
    }
}
