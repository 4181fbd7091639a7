package io.katydid.api;

import java.util.List;

/**
 * Says how often each task is picked.
 *
 * @param perClass
 *            for each user class on its own, ratio 1 each
 * @param total
 *            for all user classes together, weighted by their share of users
 */
public record TaskRatios(List<Ratio> perClass, List<Ratio> total) {

    /**
     * Is the share of one user class or task among its siblings' whole.
     *
     * @param name
     *            the name of the class or method
     * @param ratio
     *            from 0 to 1, of everything, not of the parent
     * @param children
     *            the tasks inside it
     */
    public record Ratio(String name, double ratio, List<Ratio> children) {
    }
}
