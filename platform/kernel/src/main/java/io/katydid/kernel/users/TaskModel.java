package io.katydid.kernel.users;

import java.util.List;

/**
 * Is what the scan found of a class.
 *
 * @param type the user or task set class
 * @param tasks its tasks in the order of the source, inherited ones first
 */
record TaskModel(Class<?> type, List<TaskEntry> tasks) {}
