package io.katydid.cluster;

import io.katydid.api.KatydidException;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.cluster.wire.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds the secret that the nodes of a cluster share: never on the command line, where every process of the machine could read it. */
final class Token {
    static final String VARIABLE = "KATYDID_CLUSTER_TOKEN";

    private Token() {}

    static Security of(ParsedOptions options, Map<String, String> environment) {
        var file = options.find(ClusterOptions.CLUSTER_TOKEN_FILE);
        if (file.isPresent()) return Security.token(read(file.get()));
        var text = environment.getOrDefault(VARIABLE, "").strip();
        return text.isEmpty() ? Security.open() : Security.token(text);
    }

    private static String read(String file) {
        try {
            var text = Files.readString(Path.of(file)).strip();
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
