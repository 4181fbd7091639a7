package io.katydid.host;

import io.katydid.api.Command;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import io.katydid.api.web.WebServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/** Is a bundle file and what became of it. Filled at start by one thread, read afterwards. */
final class Installed {
    private static final List<Class<?>> KINDS = List.of(Plugin.class, Command.class, WebServer.class, User.class, LoadTestShape.class);

    private final BundleFile file;
    private final List<Class<?>> offered = new ArrayList<>();
    private String state = "library";
    private String error = "";
    private @Nullable Bundle bundle;

    Installed(BundleFile file) {
        this.file = file;
    }

    BundleFile file() { return file; }

    String revision() { return file.symbolicName() + "/" + file.version() + "/" + Stamp.of(file.path()); }

    @Nullable Bundle bundle() { return bundle; }

    List<Class<?>> offered() { return offered; }

    BundleInfo info() { return new BundleInfo(file.name(), file.version(), state, file.path().getFileName().toString(), error); }

    void off(String why) {
        state = "off";
        error = why;
    }

    void failed(String why) {
        state = "failed";
        error = why;
    }

    void installedAs(Bundle as) { bundle = as; }

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
        file.extensions().forEach(name -> load(started, name));
        if (!error.isEmpty() && offered.isEmpty()) state = "failed";
    }

    private void load(Bundle from, String name) {
        try {
            var type = from.loadClass(name);
            var wrong = wrong(type);
            if (wrong.isEmpty()) offered.add(type);
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
}
