import module java.base;

/**
 * Is what one run of a tool showed between two instants.
 *
 * @param cpu microseconds per request, of the tool and all it started
 * @param latency what the tool itself says of response times, where it does
 */
record Measured(long requests, double seconds, Processes.Cpu cpu, double rssMegabytes, Optional<Tool.Latency> latency) {

    double perSecond() { return requests / seconds; }

    double cpuMicros() { return cpu.total(); }
}
