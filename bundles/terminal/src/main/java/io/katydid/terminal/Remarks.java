package io.katydid.terminal;

import io.katydid.api.Run;
import io.katydid.api.stats.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what the tables do not: exceptions of the script, requests that were cut off, and what makes the figures doubtful. */
final class Remarks {

    private Remarks() {}

    static List<String> lines(Screen screen, Snapshot snapshot, Optional<Run> run) {
        var lines = new ArrayList<String>();
        for (var exception : snapshot.exceptions()) {
            lines.add(screen.bad(Screen
                .fit(exception.count() + " x exception in the script: " + exception.message().replaceAll("\\s+", " "), screen.columns())));
        }
        for (var fault : run.map(Run::faults).orElse(List.of())) lines.add(Screen.fit("Doubtful: " + fault, screen.columns()));
        long cut = snapshot.cancelled().values().stream().mapToLong(Long::longValue).sum();
        if (cut > 0)
            lines.add(Screen.fit(cut + " requests were cancelled when the drain was over: " + snapshot.cancelled(), screen.columns()));
        long dropped = snapshot.health().droppedForReporters();
        if (dropped > 0)
            lines
                .add(Screen.fit(dropped + " requests did not reach a reporter: it takes them slower than they come. The tables count them.",
                    screen.columns()));
        if (!lines.isEmpty()) lines.add("");
        return lines;
    }
}
