package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.katydid.api.KatydidException;
import io.katydid.cluster.wire.Security;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Where the secret comes from. */
class TokenFileTest {
    private static final String SECRET = "the secret of this test";
    private static final Map<String, String> VARIABLE = Map.of("KATYDID_CLUSTER_TOKEN", SECRET);
    @TempDir Path folder;

    private Path file(String rights, String text) throws Exception {
        var file = Files.writeString(folder.resolve("token"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private static List<String> warnings(Runnable work) {
        var log = (Logger) LoggerFactory.getLogger("katydid.cluster");
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        log.addAppender(appender);
        try {
            work.run();
        } finally {
            log.detachAppender(appender);
        }
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test void itIsInTheVariableOrInTheFile() throws Exception {
        assertThat(Token.of(Optional.empty(), Map.of())).isEqualTo(Security.open());
        assertThat(Token.of(Optional.empty(), VARIABLE)).isEqualTo(Security.token(SECRET));
        var file = file("rw-------", SECRET + " in a file\n").toString();
        assertThat(Token.of(Optional.of(file), VARIABLE)).isEqualTo(Security.token(SECRET + " in a file"));
    }

    @Test void aFileThatEverybodyMayReadIsUsedAndWarnedOf() throws Exception {
        var file = file("rw-r--r--", SECRET);
        assertThat(warnings(() -> assertThat(Token.of(Optional.of(file.toString()), Map.of())).isEqualTo(Security.token(SECRET))))
            .containsExactly(
                "--cluster-token-file: everybody on this machine may read '" + file + "' or write to it (rw-r--r--). Take that right"
                    + " away with: chmod go-rwx " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        assertThat(warnings(() -> Token.of(Optional.of(file.toString()), Map.of()))).isEmpty();
    }

    @Test void aFileWithoutASecretIsRefused() throws Exception {
        var empty = file("rw-------", " \n").toString();
        assertThatThrownBy(() -> Token.of(Optional.of(empty), VARIABLE)).isInstanceOf(KatydidException.class)
            .hasMessage("--cluster-token-file: '" + empty + "' is empty. Write the secret into it, such as: openssl rand -hex 32");
        assertThatThrownBy(() -> Token.of(Optional.of("nowhere"), VARIABLE))
            .hasMessage("--cluster-token-file: 'nowhere' cannot be read: nowhere. Give a file that this user may read.");
    }
}
