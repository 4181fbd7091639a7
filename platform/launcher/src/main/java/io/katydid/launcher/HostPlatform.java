package io.katydid.launcher;

import io.katydid.api.Plugin;
import io.katydid.api.web.Plugins;
import io.katydid.host.Host;
import io.katydid.host.HostChange;
import io.katydid.host.HostOptions;
import io.katydid.host.Revision;
import io.katydid.host.ScriptException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads bundles and scripts by the host. */
final class HostPlatform implements Platform {
    private final Host host;
    private final List<Revision> withheld = new ArrayList<>();
    private Optional<io.katydid.host.Script> script = Optional.empty();

    private HostPlatform(Host host) {
        this.host = host;
    }

    static Platform open(Place place, Selected selected) {
        var shipped = place.install().map(home -> home.resolve("bundles"));
        var folders = Stream.concat(shipped.stream(), place.install().map(home -> home.resolve("plugins")).stream()).toList();
        return new HostPlatform(Host.start(new HostOptions(folders, selected.plugins(), place.cache(), shipped, selected.unsafe())));
    }

    @Override public <T> List<Offer<T>> offers(Class<T> kind) {
        return host.extensions(kind).stream().map(found -> new Offer<T>(found.bundle(), found.type().getSimpleName(), found::create))
            .toList();
    }

    @Override public Plugins plugins() { return host.plugins(); }

    @Override public List<String> refused() { return host.refused(); }

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
        if (!host.scripts().stale(loaded).isEmpty()) {
            host.scripts().relink(loaded).ifPresent(why -> {
                throw new UnlinkedScript(why);
            });
        }
        return loaded.revision() == before ? Optional.empty() : Optional.of(parts(loaded));
    }

    @Override public void watch(Consumer<Change> listener) {
        host.watch(change -> listener.accept(changed(change)));
    }

    private Change changed(HostChange change) {
        var texts = new ArrayList<String>();
        var updated = change.updated().stream().map(HostChange.Update::to).toList();
        change.started().stream().filter(one -> !updated.contains(one)).forEach(one -> texts.add(one + " is in use."));
        change.updated().forEach(update -> texts.add(update.to() + " takes the place of " + update.from() + "."));
        change.removed().forEach(one -> texts.add(one + " was taken away."));
        var left = loaders(change.leaving());
        var successors = new HashMap<ClassLoader, ClassLoader>();
        Optional<Script> linked = Optional.empty();
        boolean stays = false;
        if (script.isPresent()) {
            var loaded = script.get();
            var before = loaded.loaders();
            var problem = host.scripts().relink(loaded);
            problem.map(why -> change.updated().isEmpty() ? takenAway(change) : why).ifPresent(texts::add);
            var after = loaded.loaders();
            for (int i = 0; i < before.size(); i++) {
                if (!before.get(i).equals(after.get(i))) successors.put(before.get(i), after.get(i));
            }
            if (!successors.isEmpty()) linked = Optional.of(parts(loaded));
            // A script that stays with the older revisions needs them for its next users, so they are kept.
            stays = problem.isPresent();
            if (stays) left.addAll(host.scripts().stale(loaded));
        }
        var removed = loaders(change.removed());
        if (linked.isEmpty() && !removed.isEmpty())
            removed.addAll(left.stream().filter(this::isOfScript).toList());
        var ended = loaders(change.endedNow());
        if (!ended.isEmpty()) ended.addAll(removed);
        var plugins = change.started().stream().flatMap(one -> one.extensions(Plugin.class).stream())
            .map(found -> new Offer<Plugin>(found.bundle(), found.type().getSimpleName(), found::create)).toList();
        return new Change(plugins, left, removed, ended, linked, successors, texts,
            count -> change.leaving().forEach(one -> one.users(count)),
            released(change, stays));
    }

    /** Keeps what the script stays with until it has been linked to something newer and the users of that time have gone too. */
    private Runnable released(HostChange change, boolean stays) {
        withheld.addAll(change.leaving());
        if (stays) return () -> {};
        var all = List.copyOf(withheld);
        withheld.clear();
        return () -> all.forEach(host::release);
    }

    /** Says what the end of a bundle means; the compiler's words would say the same at length. */
    private static String takenAway(HostChange change) {
        return "The script uses it: no new users of it come, and those there are "
            + (change.endedNow().isEmpty() ? "run on until the test ends." : "end after their present task.");
    }

    private boolean isOfScript(ClassLoader loader) { return script.map(of -> of.loaders().contains(loader)).orElse(false); }

    private static Set<ClassLoader> loaders(List<Revision> revisions) {
        return revisions.stream().map(Revision::loader).flatMap(Optional::stream).collect(Collectors.toCollection(HashSet::new));
    }

    private static Script parts(io.katydid.host.Script of) {
        return new Script(of.userClasses(), of.shapes(), of.plugins(), of.listeners());
    }

    @Override public void close() {
        host.close();
    }
}
