package io.katydid.host;

import io.katydid.api.Command;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import io.katydid.api.web.WebServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * Is one revision of a bundle: a file as it was read, and what became of it. An update makes another one and leaves this to its last users.
 * Changed under the lock of {@link Bundles}; what is public may be asked by any thread.
 */
public final class Revision {
    private static final List<Class<?>> KINDS = List.of(Plugin.class, Command.class, WebServer.class, User.class, LoadTestShape.class);

    private final BundleFile file;
    private final String stamp;
    private volatile List<Class<?>> offered = List.of();
    private volatile @Nullable Panels panels;
    private volatile String state = "library";
    private volatile String error = "";
    private volatile @Nullable Bundle bundle;
    private volatile OptionalInt users = OptionalInt.empty();
    private boolean drained;

    Revision(BundleFile file, String stamp) {
        this.file = file;
        this.stamp = stamp;
    }

    /** Makes another revision of the same file: an importer is linked again when what it imports was updated. */
    Revision again() {
        return new Revision(file, stamp);
    }

    /** Gives the bundle's name. */
    public String name() { return file.name(); }

    /** Gives its version. */
    public String version() { return file.version(); }

    /** Gives the loader of its classes; empty when it could not be wired. */
    public Optional<ClassLoader> loader() {
        var from = bundle;
        return from == null ? Optional.empty() : Framework.loader(from);
    }

    /** Gives what it offers of a kind. */
    public <T> List<Found<T>> extensions(Class<T> kind) {
        return offered.stream().filter(kind::isAssignableFrom).map(type -> new Found<T>(type.asSubclass(kind), name())).toList();
    }

    /** Gives what it contributes to the console while it is active; read when first asked, since a run without console never needs it. */
    synchronized Panels panels() {
        var from = bundle;
        if (from == null || !state.equals("active")) return Panels.NONE;
        var known = panels;
        if (known != null) return known;
        var read = Panels.of(from);
        panels = read;
        return read;
    }

    /** Panels that are wrong are left out and say so; all else of the bundle works. */
    private String problems() {
        var read = panels;
        var wrong = read == null ? "" : read.error();
        return error.isEmpty() || wrong.isEmpty() ? error + wrong : error + "; " + wrong;
    }

    /** Says how many users still run on it, while it is being left. */
    public void users(int count) {
        users = OptionalInt.of(count);
    }

    BundleFile file() { return file; }

    String stamp() { return stamp; }

    /** Tells this revision apart from others, in the cache of compiled scripts. */
    String id() {
        return file.symbolicName() + "/" + file.version() + "/" + stamp;
    }

    @Nullable Bundle bundle() { return bundle; }

    List<Class<?>> offered() { return offered; }

    BundleInfo info() {
        var shown = state.equals("draining") && users.isPresent() ? "draining (" + users.getAsInt() + " users)" : state;
        return new BundleInfo(file.name(), file.version(), shown, file.path().getFileName().toString(), problems());
    }

    void off(String why) {
        state = "off";
        error = why;
    }

    void failed(String why) {
        state = "failed";
        error = why;
    }

    /** Says that a newer file could not take its place. */
    void goesOn(String why) {
        error = why;
    }

    void installedAs(Bundle as) { bundle = as; }

    void draining() {
        state = "draining";
    }

    void drained() {
        drained = true;
    }

    boolean isDrained() { return drained; }

    /** Tells whether it was wired, and started if it was to be. */
    boolean isUsable() {
        return state.equals("active") || (state.equals("library") && bundle != null && Framework.isWired(bundle));
    }

    /** Tells whether it was never tried, or could not be wired so far: what has come since may help. One whose activator failed is left alone. */
    boolean isWorthATry() {
        var installed = bundle;
        return installed == null ? error.isEmpty() : state.equals("failed") && !Framework.isWired(installed);
    }

    /** Takes back that it was off: the newer one has gone. */
    void backOn() {
        if (state.equals("off")) retry();
    }

    /** Takes a failure back, for another try with what has come since. */
    void retry() {
        state = "library";
        error = "";
    }

    /** Starts it and loads the classes it offers. */
    void start() {
        var started = bundle;
        if (started == null) return;
        var problem = Framework.start(started);
        if (problem.isPresent()) {
            failed(problem.get());
            if (Framework.isHanging(started)) state = "hanging";
            return;
        }
        state = "active";
        var types = new ArrayList<Class<?>>();
        file.extensions().forEach(name -> load(started, name, types));
        offered = List.copyOf(types);
        if (!error.isEmpty() && types.isEmpty()) state = "failed";
    }

    private void load(Bundle from, String name, List<Class<?>> types) {
        try {
            var type = from.loadClass(name);
            var wrong = wrong(type);
            if (wrong.isEmpty()) types.add(type);
            else error = wrong;
        } catch (ClassNotFoundException missing) {
            error = "it names the extension " + name + ", and has no such class. Correct the header " + BundleFile.HEADER
                + " or the file in META-INF/services";
        } catch (LinkageError broken) {
            error = "its extension " + name + " cannot be loaded: " + Words.of(broken);
        }
    }

    private static String wrong(Class<?> type) {
        if (KINDS.stream().noneMatch(kind -> kind.isAssignableFrom(type))) {
            return ownApi(type)
                ? "it has its own copy of io.katydid.api inside, so " + type.getName()
                    + " is a plugin of nobody. Leave the API out of the jar"
                : "its extension " + type.getName()
                    + " is none of Plugin, Reporter, Command, WebServer, User, LoadTestShape. Implement one or take @Extension away";
        }
        if (User.class.isAssignableFrom(type) || LoadTestShape.class.isAssignableFrom(type)) return "";
        var creatable = Arrays.stream(type.getDeclaredConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
        return creatable ? "" : "its extension " + type.getName() + " has no constructor without arguments. Give it one";
    }

    private static boolean ownApi(Class<?> type) {
        for (@Nullable
        Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().startsWith("io.katydid.api.")) return true;
            for (var face : at.getInterfaces()) if (face.getName().startsWith("io.katydid.api.")) return true;
        }
        return false;
    }

    @Override public String toString() { return name() + " " + version(); }
}
