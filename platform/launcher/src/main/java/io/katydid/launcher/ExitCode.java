package io.katydid.launcher;

/** Lists what the process' exit codes mean; {@code --exit-code-on-error} and a script's {@code processExitCode} choose their own. */
enum ExitCode {
    /** All went well, or what was asked for was printed. */
    OK(0),
    /** Requests failed or exceptions were recorded, unless {@code --exit-code-on-error} says otherwise. */
    FAILURES(1),
    /** The run could not start: script, user class, bundle or {@code init}. */
    NOT_STARTED(1),
    /** The command line or a configuration file is wrong; also: an event listener threw and nothing else decided. */
    USAGE(2),
    /** No JDK 25 or newer was found; said by the launcher script. */
    NO_JDK(3),
    /** Ended at once by a second Ctrl-C; reports may be missing. */
    KILLED(130),
    /** What was asked for contradicts itself, {@code --config-users} names an unknown class, or a worker found no master. */
    REFUSED(255);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() { return code; }
}
