package io.katydid.host;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Keeps new bundles from being wired to revisions that are being left: the framework would prefer those, since they came first. */
final class StaleHook implements ResolverHookFactory, ResolverHook {
    private final Set<Bundle> stale = ConcurrentHashMap.newKeySet();

    void hide(Bundle bundle) {
        stale.add(bundle);
    }

    void show(Bundle bundle) {
        stale.remove(bundle);
    }

    @Override public ResolverHook begin(Collection<BundleRevision> triggers) { return this; }

    @Override public void filterResolvable(Collection<BundleRevision> candidates) {}

    @Override public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> others) {
        others.clear();
    }

    @Override public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
        candidates.removeIf(candidate -> stale.contains(candidate.getRevision().getBundle()));
    }

    @Override public void end() {}
}
