package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** Holds the page for plugin authors against the code: its pieces compile, its messages are the product's. What it lets people do is done by PluginsPageIT. */
class PluginsPageTest {
    static final Path PAGE = Modules.ROOT.resolve("distribution/docs/plugins.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| [^|]+ \\|$");
    private static final String IMPORTS = """
        import io.katydid.api.*;
        import io.katydid.api.stats.*;
        import io.katydid.launcher.*;
        import java.net.InetAddress;
        import java.util.*;
        """;

    @TempDir Path folder;

    @Test void theKindsOfExtensionsCompile() throws IOException {
        var block = javaBlock("// Plugin: ");
        assertThat(Pattern.compile("(?m)^// (.*?):").matcher(block).results().map(kind -> kind.group(1))).containsExactly("Plugin",
            "Reporter",
            "Command", "Protocol user", "Load shape", "User dispatcher");
        compile("Kinds", IMPORTS + block);
    }

    @Test void theServerToTryWithCompiles() throws IOException {
        compile("Answers", javaBlock("void main()"));
    }

    @Test void theContractTestIsShort() throws IOException {
        var block = javaBlock("package shopload;");
        assertThat(block.lines().filter(line -> !line.isBlank()).count()).isBetween(15L, 30L);
    }

    /** Gives the one block with this text. */
    static String javaBlock(String text) throws IOException {
        var found = Snippets.of(PAGE, "java").stream().filter(block -> block.contains(text)).toList();
        assertThat(found).as("java blocks with " + text).hasSize(1);
        return found.getFirst();
    }

    private void compile(String name, String source) {
        var file = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignored) { return source; }
        };
        var said = new StringWriter();
        var options = List.of("-Xlint:all,-classfile", "-Werror", "-proc:none", "-d", folder.toString(), "-classpath",
            System.getProperty("java.class.path"));
        assertThat(ToolProvider.getSystemJavaCompiler().getTask(said, null, null, options, null, List.of(file)).call()).as(said.toString())
            .isTrue();
    }

    @Test void thePiecesOfPomsAreXmlWithOurVersions() throws Exception {
        var blocks = Snippets.of(PAGE, "xml");
        assertThat(blocks).hasSize(2);
        for (var block : blocks)
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(block)));
        var version = Pattern.compile("<version>(.*?)</version>").matcher(blocks.getFirst()).results().findFirst().orElseThrow().group(1);
        assertThat(Modules.ROOT.resolve("pom.xml")).content().containsPattern(
            "<artifactId>maven-dependency-plugin</artifactId>\\s+<version>" + Pattern.quote(version) + "</version>");
    }

    @Test void whatIsRefusedIsSaidInTheseWords() throws IOException {
        var page = Files.readString(PAGE);
        var rows = ROW.matcher(page.substring(page.indexOf("## What is refused"))).results().map(row -> row.group(1)).toList();
        assertThat(rows.size()).isGreaterThan(7);
        var code = code();
        var unknown = new ArrayList<String>();
        for (var row : rows) {
            for (var piece : row.split("…| X |io\\.katydid\\.kernel|, $")) if (!code.contains(piece.strip())) unknown.add(piece);
        }
        assertThat(unknown).as("messages of the page that the sources and tests of the host do not have").isEmpty();
    }

    /** Reads the sources and tests of the host, with strings that are written in pieces put together. */
    private static String code() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(Modules.ROOT.resolve("platform/host/src"))) {
            for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) all.append(Files.readString(file));
        }
        assertThat(all.length()).isGreaterThan(50_000);
        return all.toString().replaceAll("\"\\s*\\+\\s*\"", "");
    }
}
