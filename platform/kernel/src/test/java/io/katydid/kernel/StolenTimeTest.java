package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Reads what a host took from files as Linux writes them. */
class StolenTimeTest {
    @TempDir Path folder;
    private Path stat;

    @BeforeEach void fileOfTheKernel() {
        stat = folder.resolve("stat");
    }

    private void kernelSays(String... lines) throws IOException { Files.writeString(stat, String.join("\n", lines) + "\n"); }

    @Test void theCoreThatMostWasTakenFromCounts() throws Exception {
        kernelSays("cpu  500 0 300 9000 10 0 5 120 0 0", "cpu0 250 0 150 4500 5 0 5 100 0 0", "cpu1 250 0 150 4500 5 0 0 20 0 0",
            "intr 12 34", "ctxt 5");
        var stolen = new StolenTime(stat);
        kernelSays("cpu  600 0 300 9000 10 0 5 133 0 0", "cpu0 300 0 150 4500 5 0 5 104 0 0", "cpu1 300 0 150 4500 5 0 0 29 0 0",
            "intr 12 34", "ctxt 5");
        assertThat(stolen.millis()).isEqualTo(90);
        assertThat(stolen.millis()).as("nothing since").isZero();
    }

    @Test void aCoreThatCameAndACountThatWentBackTellNothing() throws Exception {
        kernelSays("cpu  1 0 1 1 0 0 0 900 0 0", "cpu0 1 0 1 1 0 0 0 900 0 0");
        var stolen = new StolenTime(stat);
        kernelSays("cpu  1 0 1 1 0 0 0 510 0 0", "cpu0 1 0 1 1 0 0 0 10 0 0", "cpu1 1 0 1 1 0 0 0 500 0 0");
        assertThat(stolen.millis()).isZero();
    }

    @Test void whereTheKernelDoesNotSayItIsUnknown() throws Exception {
        var nowhere = new StolenTime(stat);
        assertThat(nowhere.millis()).isNaN();
        kernelSays("cpu  1 0 1 1", "cpu0 1 0 1 1");
        assertThat(nowhere.millis()).as("before Linux 2.6.11").isNaN();
        kernelSays("cpu0 1 0 1 1 0 0 0 much 0 0");
        assertThat(nowhere.millis()).isNaN();
        kernelSays("cpu0 1 0 1 1 0 0 0 7 0 0");
        assertThat(nowhere.millis()).as("known from now on").isNaN();
        kernelSays("cpu0 1 0 1 1 0 0 0 8 0 0");
        assertThat(nowhere.millis()).isEqualTo(10);
    }

    @Test
    @EnabledOnOs(OS.LINUX) void thisMachineSays() {
        assertThat(new StolenTime().millis()).isNotNegative();
    }
}
