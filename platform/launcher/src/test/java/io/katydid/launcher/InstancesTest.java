package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import org.junit.jupiter.api.Test;

class InstancesTest {

    /** Belongs to an object, as the classes of a compact source file do. */
    final class Inner {}

    /** Cannot be made. */
    static final class Broken {
        Broken() {
            throw new IllegalStateException("boom");
        }
    }

    @Test void anInnerClassGetsAnObjectToBelongTo() {
        assertThat(Instances.of(Inner.class)).isNotNull();
    }

    @Test void aConstructorThatThrowsIsNamed() {
        assertThatThrownBy(() -> Instances.of(Broken.class)).isInstanceOf(KatydidException.class).hasMessageContaining("Broken")
            .hasMessageContaining("boom");
    }
}
