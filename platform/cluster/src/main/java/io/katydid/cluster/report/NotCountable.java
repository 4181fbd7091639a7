package io.katydid.cluster.report;

/** Says why a part of a report cannot be counted; never leaves the package. */
final class NotCountable extends Exception {
    private static final long serialVersionUID = 1;

    NotCountable(String what) {
        super(what, null, false, false);
    }
}
