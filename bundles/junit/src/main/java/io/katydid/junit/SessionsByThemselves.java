package io.katydid.junit;

import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * Lets JUnit find {@link SessionExtension} by itself, and no other extension: that is off in JUnit unless asked for. Where a project has asked for it, or against it, its word
 * stands.
 */
public final class SessionsByThemselves implements LauncherDiscoveryListener {
    static final String ENABLED = "junit.jupiter.extensions.autodetection.enabled";
    static final String INCLUDED = "junit.jupiter.extensions.autodetection.include";

    /** Makes the listener; JUnit does. */
    public SessionsByThemselves() {}

    @Override public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
        if (request.getConfigurationParameters().get(ENABLED).isPresent()) return;
        // There is no other way to set a parameter from here, and JUnit reads system properties last but before its defaults.
        System.setProperty(INCLUDED, "io.katydid.junit.*");
        System.setProperty(ENABLED, "true");
    }
}
