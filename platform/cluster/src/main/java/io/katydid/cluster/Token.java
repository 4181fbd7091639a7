package io.katydid.cluster;

import io.katydid.api.KatydidException;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.cluster.wire.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the secret that the nodes of a cluster share: never on the command line, where every process of the machine could read it. */
public final class Token {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    /** Names the variable that has the secret itself. */
    public static final String VARIABLE = "KATYDID_CLUSTER_TOKEN";

    private Token() {}

    static Security of(ParsedOptions options, Map<String, String> environment) {
        return of(options.find(ClusterOptions.CLUSTER_TOKEN_FILE), environment);
    }

    /** Gives who may be in the cluster: who has the secret of this file, or of the variable; everybody without either. */
    public static Security of(Optional<String> file, Map<String, String> environment) {
        if (file.isPresent()) return Security.token(read(file.get()));
        var text = environment.getOrDefault(VARIABLE, "").strip();
        return text.isEmpty() ? Security.open() : Security.token(text);
    }

    /** Containers are given files that everybody in them may read, so that is no reason to refuse one. */
    private static void warnOfReaders(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) return;
        var rights = Files.getPosixFilePermissions(file);
        if (rights.contains(PosixFilePermission.OTHERS_READ) || rights.contains(PosixFilePermission.OTHERS_WRITE))
            LOG.warn(
                "--cluster-token-file: everybody on this machine may read '{}' or write to it ({}). Take that right away with: chmod go-rwx {}",
                file, PosixFilePermissions.toString(rights), file);
    }

    private static String read(String file) {
        try {
            var text = Files.readString(Path.of(file)).strip();
            warnOfReaders(Path.of(file));
            if (text.isEmpty())
                throw new KatydidException(
                    "--cluster-token-file: '" + file + "' is empty. Write the secret into it, such as: openssl rand -hex 32");
            return text;
        } catch (IOException problem) {
            throw new KatydidException("--cluster-token-file: '" + file + "' cannot be read: " + problem.getMessage()
                + ". Give a file that this user may read.");
        }
    }
}
