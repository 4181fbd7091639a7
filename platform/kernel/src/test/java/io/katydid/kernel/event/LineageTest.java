package io.katydid.kernel.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Three compilations of a script, one after the other, and one of another script. */
class LineageTest {
    private final ClassLoader first = loader();
    private final ClassLoader second = loader();
    private final ClassLoader third = loader();
    private final ClassLoader other = loader();
    private final Lineage lineage = new Lineage();

    private static ClassLoader loader() { return new ClassLoader() {}; }

    private boolean hears(ClassLoader listener, ClassLoader user) { return lineage.hearsOf(listener, Optional.of(user)); }

    @Test void withOneCompilationEverybodyHearsAll() {
        assertThat(hears(first, first)).isTrue();
        assertThat(hears(first, other)).isTrue();
        assertThat(lineage.hearsOf(first, Optional.empty())).isTrue();
    }

    @Test void anOlderListenerHearsItsOwnUsersOnlyAndItsSuccessorNotThose() {
        lineage.follows(first, second);
        lineage.follows(second, third);

        assertThat(hears(first, first)).isTrue();
        assertThat(hears(first, second)).isFalse();
        assertThat(hears(second, first)).isFalse();
        assertThat(hears(third, first)).isFalse();
        assertThat(hears(third, second)).isFalse();
        assertThat(hears(third, third)).isTrue();
        assertThat(lineage.hearsOf(third, Optional.empty())).isTrue();
        assertThat(lineage.hearsOf(first, Optional.empty())).isFalse();
        assertThat(lineage.isOlder(second)).isTrue();
        assertThat(lineage.isOlder(third)).isFalse();
    }

    @Test void listenersOfAnotherScriptHearUsersOldAndNew() {
        lineage.follows(first, second);
        assertThat(hears(other, first)).isTrue();
        assertThat(hears(other, second)).isTrue();
        assertThat(hears(first, other)).isFalse();
        assertThat(hears(second, other)).isTrue();
    }

    @Test void aForgottenCompilationIsNoPredecessorAnyMore() {
        lineage.follows(first, second);
        lineage.forget(first);
        assertThat(lineage.isOlder(first)).isFalse();
        assertThat(hears(second, second)).isTrue();
    }
}
