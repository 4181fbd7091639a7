package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    @Test
    @EnabledOnOs(OS.LINUX) void anOpenFileAndAnOpenPortAreNamed(@TempDir Path folder) throws Exception {
        var before = Leftovers.before();
        try (var _ = Files.newBufferedWriter(folder.resolve("open.txt")); var _ = new ServerSocket(0)) {
            assertThatThrownBy(() -> before.check("a test")).isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("After a test 2 things are left: ").hasMessageContaining("open.txt")
                .hasMessageContaining("socket:[");
        }
        before.check("closing both");
    }
}
