package io.katydid.host;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles scripts in memory. The compiler itself is loaded by the first compilation only; one at a time. */
final class ScriptCompiler {
    private static final List<String> OPTIONS = List.of("-proc:none", "-g", "-parameters", "-implicit:none");

    private @Nullable JavaCompiler compiler;
    /** Is kept, so that its indexes of jars stay warm. */
    private @Nullable StandardJavaFileManager files;

    synchronized Compiled compile(Unit unit, ForeignPackages foreign) {
        var tool = compiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        var memory = new MemoryFiles(files(tool), foreign);
        var texts = new ArrayList<MemoryFiles.Text>();
        for (var source : unit.sources()) texts.add(new MemoryFiles.Text(source, texts.size()));
        var task = tool.getTask(null, memory, problems, OPTIONS, null, texts);
        task.setLocale(Locale.ENGLISH);
        if (!task.call()) throw new ScriptException(words(unit, problems.getDiagnostics(), foreign));
        return memory.compiled();
    }

    private static String words(Unit unit, List<Diagnostic<? extends JavaFileObject>> problems, ForeignPackages foreign) {
        var errors = problems.stream().filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR).toList();
        var text = errors.stream().map(ErrorText::of).collect(Collectors.joining("\n"));
        var hints = Hints.of(unit, errors, foreign);
        return text + (hints.isEmpty() ? "" : "\n" + String.join("\n", hints)) + "\n" + unit.place() + ": " + errors.size()
            + (errors.size() == 1 ? " error" : " errors")
            + ", so the script cannot run. Repair " + (errors.size() == 1 ? "it" : "them") + " and start again.";
    }

    private JavaCompiler compiler() {
        var known = compiler;
        if (known != null) return known;
        var found = ToolProvider.getSystemJavaCompiler();
        if (found == null) {
            throw new ScriptException("This Java (" + System.getProperty("java.home")
                + ") has no compiler, so scripts cannot be compiled. Use a JDK: set KATYDID_JAVA_HOME to one.");
        }
        compiler = found;
        return found;
    }

    private StandardJavaFileManager files(JavaCompiler tool) {
        var known = files;
        if (known != null) return known;
        var made = tool.getStandardFileManager(null, Locale.ENGLISH, null);
        try {
            made.setLocation(StandardLocation.CLASS_PATH,
                SystemPackages.classPath().stream().map(java.nio.file.Path::toFile).filter(File::exists).toList());
        } catch (IOException unreadable) {
            throw new ScriptException(
                "The class path cannot be given to the compiler: " + unreadable.getMessage() + ". Is the installation complete?",
                unreadable);
        }
        files = made;
        return made;
    }
}
