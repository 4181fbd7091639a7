package io.katydid.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.katydid.parity.Parity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares with Python itself, whose csv module and number format the reference's files have. Skipped where there is no python3. */
class PythonTest {
    private static final String ALPHABET = "ab ,\"\r\n'=+-@\t;é日#";
    private final Random random = new Random(4180);

    @TempDir Path folder;

    private List<String> python(String program, String input) throws Exception {
        var python = Stream.of(System.getenv("PATH").split(":")).map(at -> Path.of(at, "python3")).filter(Files::isExecutable).findFirst()
            .orElseGet(() -> {
                System.out.println("skipped: the peer 'python3' is not installed: this test needs the real one.");
                return abort("no python3");
            });
        var from = Files.write(folder.resolve("in"), input.getBytes(StandardCharsets.UTF_8));
        var to = folder.resolve("out");
        var process = new ProcessBuilder(python.toString(), "-c", program, from.toString()).redirectErrorStream(true)
            .redirectOutput(to.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(to)).isZero();
        return Files.readAllLines(to);
    }

    @Test
    @Parity("AC-81") void pythonReadsEachCellAndWouldHaveWrittenTheSameBytes() throws Exception {
        var table = new ArrayList<List<String>>();
        for (int i = 0; i < 2000; i++) table.add(Stream.generate(this::cell).limit(5).toList());
        var file = Rows.text(table);

        var lines = python("""
            import csv, io, sys
            text = open(sys.argv[1], encoding='utf-8', newline='').read()
            rows = list(csv.reader(io.StringIO(text, newline='')))
            again = io.StringIO(newline='')
            csv.writer(again).writerows(rows)
            print('same' if again.getvalue() == text else repr([pair for pair in zip(again.getvalue().split(','), text.split(',')) if pair[0] != pair[1]][:3]))
            for row in rows: print(','.join(cell.encode().hex() for cell in row))
            """, file);

        assertThat(lines.getFirst()).isEqualTo("same");
        assertThat(lines.subList(1, lines.size())).containsExactlyElementsOf(table.stream()
            .map(row -> row.stream().map(cell -> HexFormat.of().formatHex(cell.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(",")))
            .toList());
    }

    private String cell() {
        return random.ints(random.nextInt(8), 0, ALPHABET.length()).mapToObj(at -> ALPHABET.substring(at, at + 1))
            .collect(Collectors.joining());
    }

    @Test void numbersAreWhatPythonPrints() throws Exception {
        var numbers = new ArrayList<>(List.of(0.0, -0.0, 12.0, 0.1, 0.0001, 0.00001, 1234567.25, 1.5e-10, 1e15, 1e16, 123456789012345680.0,
            Double.MAX_VALUE, Double.MIN_NORMAL, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        for (int i = 0; i < 5000; i++) numbers.add(Double.longBitsToDouble(random.nextLong()));
        for (int i = 0; i < 5000; i++) numbers.add(random.nextInt(10_000_000) / Math.pow(10, random.nextInt(12)));

        var lines = python("""
            import struct, sys
            for line in open(sys.argv[1]): print(repr(struct.unpack('>d', bytes.fromhex(line.strip()))[0]))
            """, numbers.stream().map(Double::doubleToLongBits).map(HexFormat.of()::toHexDigits).collect(Collectors.joining("\n")));

        assertThat(lines).hasSameSizeAs(numbers);
        for (int i = 0; i < lines.size(); i++) assertThat(Cells.decimal(numbers.get(i))).isEqualTo(lines.get(i));
    }
}
