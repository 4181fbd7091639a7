package io.katydid.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns the bytes of a checked response head into names and values. */
final class HeadLines {

    private HeadLines() {
    }

    /** Adds names and values in turn; the first line is the status line. */
    static void parse(byte[] head, List<String> pairs) {
        int at = endOfLine(head, 0) + 1;
        while (at < head.length) {
            int end = endOfLine(head, at);
            int stop = end > at && head[end - 1] == '\r' ? end - 1 : end;
            if (stop > at)
                line(head, at, stop, pairs);
            at = end + 1;
        }
    }

    private static void line(byte[] head, int from, int to, List<String> pairs) {
        if (head[from] == ' ' || head[from] == '\t') {
            fold(text(head, from, to), pairs);
            return;
        }
        int colon = from;
        while (colon < to && head[colon] != ':')
            colon++;
        pairs.add(new String(head, from, colon - from, StandardCharsets.ISO_8859_1));
        pairs.add(text(head, Math.min(colon + 1, to), to));
    }

    private static void fold(String more, List<String> pairs) {
        if (!pairs.isEmpty())
            pairs.set(pairs.size() - 1, (pairs.getLast() + " " + more).strip());
    }

    private static String text(byte[] head, int from, int to) {
        while (from < to && (head[from] == ' ' || head[from] == '\t'))
            from++;
        while (to > from && (head[to - 1] == ' ' || head[to - 1] == '\t'))
            to--;
        return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static int endOfLine(byte[] head, int from) {
        int at = from;
        while (at < head.length && head[at] != '\n')
            at++;
        return at;
    }
}
