package io.katydid.hlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;

/** Brings any name through a log. */
class TagsPropertyTest {

    @Property void anyNameIsReadBackFromALog(@ForAll String method, @ForAll String name) {
        var bytes = new ByteArrayOutputStream();
        var log = new HistogramLogWriter(bytes);
        var tag = Tags.of(method, name);
        var histogram = new Histogram(3);
        histogram.recordValue(1);
        histogram.setTag(tag);
        for (int i = 0; i < 2; i++) log.outputIntervalHistogram(i, i + 1, histogram);
        log.close();
        try (var reader = new HistogramLogReader(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (int i = 0; i < 2; i++) assertThat(reader.nextIntervalHistogram().getTag()).isEqualTo(tag);
            assertThat(reader.hasNext()).isFalse();
        }
        int colon = tag.indexOf(':');
        assertThat(decoded(tag.substring(0, colon))).isEqualTo(encodable(method));
        assertThat(decoded(tag.substring(colon + 1))).isEqualTo(encodable(name));
    }

    private static String decoded(String part) { return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8); }

    /** Half a character pair cannot be written at all. */
    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
