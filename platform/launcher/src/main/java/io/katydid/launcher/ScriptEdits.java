package io.katydid.launcher;

import io.katydid.api.KatydidException;
import io.katydid.kernel.ScriptParts;
import io.katydid.kernel.ScriptSource;
import io.katydid.kernel.options.KernelOptions;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up edits of the script: options, classes, shape, plugins and listeners of the new compilation, all as the first one's were. */
final class ScriptEdits implements ScriptSource {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private final Platform platform;
    private final Declared declared;
    private final CommandLine line;
    private final Sources sources;
    private final Place place;
    private Platform.Script taken;
    private Platform.Script newest;

    ScriptEdits(Platform platform, Platform.Script first, Declared declared, CommandLine line, Sources sources, Place place) {
        this.platform = platform;
        this.declared = declared;
        this.line = line;
        this.sources = sources;
        this.place = place;
        taken = first;
        newest = first;
    }

    @Override public void edited(Consumer<ScriptParts> takeUp) {
        try {
            newest = platform.edited().orElse(newest);
        } catch (UnlinkedScript unusable) {
            throw unusable;
        } catch (KatydidException broken) {
            LOG.error("The edited script is not used:\n{}", broken.getMessage());
            return;
        }
        if (newest.equals(taken)) return;
        try {
            takeUp.accept(parts(newest));
            taken = newest;
        } catch (KatydidException refused) {
            LOG.error("The edited script is not used:\n{}\nThe script stays as it was before this edit.", refused.getMessage());
        }
    }

    /** Takes in that bundles were updated and the script was linked to them again; gives what the new compilation brings. */
    ScriptParts relinked(Platform.Script script) {
        var parts = parts(script);
        newest = script;
        taken = script;
        return parts;
    }

    private ScriptParts parts(Platform.Script script) {
        var with = declared.script(script);
        var options = OptionResolver.resolve(with.all(), line, sources);
        return new ScriptParts(Assembly.chosen(script, line, place),
            ConfigUsers.read(options.get(KernelOptions.CONFIG_USERS), place.folder()),
            Assembly.shape(script, options, platform), with.plugins(), script.listeners(), options);
    }
}
