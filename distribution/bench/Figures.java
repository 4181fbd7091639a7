import module java.base;

/** Is the measurements of one tool in one scenario, a round each. */
record Figures(Scenario scenario, String tool, List<Measured> rounds) {

    /** Is the middle of a figure, with its least and greatest. */
    record Spread(double median, double min, double max) {

        static Spread of(DoubleStream values) {
            var sorted = values.sorted().toArray();
            int half = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }

        String text(String format) { return (format + " [" + format + ".." + format + "]").formatted(median, min, max); }
    }

    Spread of(ToDoubleFunction<Measured> figure) { return Spread.of(rounds.stream().mapToDouble(figure)); }

    Spread cpu() { return of(Measured::cpuMicros); }

    /** Gives a figure of response times in the rounds that have one. */
    Optional<Spread> latency(ToDoubleFunction<Tool.Latency> figure) {
        var told = rounds.stream().flatMap(round -> round.latency().stream()).mapToDouble(figure).filter(value -> !Double.isNaN(value)).toArray();
        return told.length == 0 ? Optional.empty() : Optional.of(Spread.of(DoubleStream.of(told)));
    }
}
