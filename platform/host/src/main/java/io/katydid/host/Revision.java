package io.katydid.host;

import io.katydid.api.Command;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.Reporter;
import io.katydid.api.User;
import io.katydid.api.UserDispatcher;
import io.katydid.api.web.PluginInfo;
import io.katydid.api.web.WebServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * Is one revision of a bundle: a file as it was read, and what became of it. An update makes another one and leaves this to its last users.
 * Changed under the lock of {@link Bundles}; what is public may be asked by any thread.
 */
public final class Revision {
    private static final Map<Class<?>, String> KINDS = kinds();

    private final BundleFile file;
    private final String stamp;
    private final Optional<String> remark;
    private volatile List<Class<?>> offered = List.of();
    private volatile @Nullable Panels panels;
    private volatile String state = "library";
    private volatile String error = "";
    private volatile @Nullable Bundle bundle;
    private volatile OptionalInt users = OptionalInt.empty();
    private volatile @Nullable BundleStart start;
    private boolean drained;
    private boolean hangingTold;

    Revision(BundleFile file, String stamp, Optional<String> remark) {
        this.file = file;
        this.stamp = stamp;
        this.remark = remark;
    }

    /** Names each kind of extension; the first that fits counts. */
    private static Map<Class<?>, String> kinds() {
        var kinds = new LinkedHashMap<Class<?>, String>();
        kinds.put(Reporter.class, "reporter");
        kinds.put(Plugin.class, "plugin");
        kinds.put(Command.class, "command");
        kinds.put(WebServer.class, "web server");
        kinds.put(UserDispatcher.Factory.class, "dispatcher");
        kinds.put(LoadTestShape.class, "shape");
        return kinds;
    }

    /** Makes another revision of the same file: an importer is linked again when what it imports was updated. */
    Revision again() {
        return new Revision(file, stamp, remark);
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

    PluginInfo info() {
        return new PluginInfo(file.name(), file.version(), shownState(), provides(), file.path(), problem(), remark());
    }

    private String shownState() {
        var starting = start;
        if (starting != null && starting.isHanging()) return "hanging (started " + starting.seconds() + " s ago)";
        return state.equals("draining") && users.isPresent() ? "draining (" + users.getAsInt() + " users)" : state;
    }

    private List<PluginInfo.Provided> provides() {
        var all = new ArrayList<PluginInfo.Provided>();
        for (var type : offered) all.add(new PluginInfo.Provided(kind(type).orElse("plugin"), type.getSimpleName()));
        var from = bundle;
        if (from == null) return all;
        ProtocolUsers.of(from).forEach(name -> all.add(new PluginInfo.Provided("protocol", name)));
        panels().all().forEach(panel -> all.add(new PluginInfo.Provided("panel", panel.id())));
        Framework.exported(from).forEach(name -> all.add(new PluginInfo.Provided("package", name)));
        return all;
    }

    private static Optional<String> kind(Class<?> type) {
        return KINDS.entrySet().stream().filter(kind -> kind.getKey().isAssignableFrom(type)).map(Map.Entry::getValue).findFirst();
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

    /** Tells whether its activator has been called and has not returned, or was not asked since. */
    boolean isStarting() {
        return start != null;
    }

    /** Tells whether its start has ended and nobody has taken that up, and once whether it has become a hanging one. */
    boolean hasNews() {
        var begun = start;
        if (begun == null) return false;
        boolean hangs = begun.isHanging() && !hangingTold;
        hangingTold |= hangs;
        return hangs || begun.isDone();
    }

    boolean isOff() { return state.equals("off"); }

    /** Says what is wrong with it; "" when nothing is. */
    String problem() {
        var starting = start;
        if (starting == null || !starting.isHanging()) return problems();
        return "its activator did not return within " + BundleStart.HANGING_SECONDS + " s; it is at " + starting.place()
            + ". The others go on without it. Mend the activator, or leave the bundle out with --plugins=-" + name();
    }

    /** Says what its owner should know although it works; "" when there is nothing. */
    String remark() { return remark.orElse(""); }

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

    /** Begins to start it, when it is wired. */
    void begin() {
        var installed = bundle;
        if (installed == null) return;
        state = "starting";
        start = new BundleStart(installed);
    }

    /** Waits for the end of its start until then, and takes it up when it has come. */
    void await(long deadlineNanos) {
        var begun = start;
        if (begun == null) return;
        begun.await(deadlineNanos);
        if (!begun.isDone()) return;
        start = null;
        begun.problem().ifPresentOrElse(this::failed, this::offer);
    }

    /** Lets a start that does not return be. */
    void giveUp() {
        var begun = start;
        if (begun != null) begun.giveUp();
    }

    /** Loads the classes it offers. */
    void offer() {
        var from = bundle;
        if (from == null) return;
        state = "active";
        var types = new ArrayList<Class<?>>();
        file.extensions().forEach(name -> load(from, name, types));
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
        if (kind(type).isEmpty()) {
            if (User.class.isAssignableFrom(type))
                return "its extension " + type.getName()
                    + " is a user class. Scripts find those in exported packages: take @Extension away, and export its package";
            return ownApi(type)
                ? "it has its own copy of io.katydid.api inside, so " + type.getName()
                    + " is a plugin of nobody. Leave the API out of the jar"
                : "its extension " + type.getName()
                    + " is none of Plugin, Reporter, Command, WebServer, UserDispatcher.Factory, LoadTestShape. Implement one or take @Extension away";
        }
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
