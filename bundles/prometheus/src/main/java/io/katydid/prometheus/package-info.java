/** Shows the meters of a run to a Prometheus server that comes to fetch them. */
@NullMarked
package io.katydid.prometheus;

import org.jspecify.annotations.NullMarked;
