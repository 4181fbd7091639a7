package io.katydid.cluster.report;

/**
 * Tells the reports of a Katydid worker apart.
 *
 * @param epoch the worker's start; a later one has another, greater number
 * @param sequence the report's number within the epoch, from 1
 * @param run the run it belongs to, as the master numbered it
 */
public record Mark(long epoch, long sequence, long run) {}
