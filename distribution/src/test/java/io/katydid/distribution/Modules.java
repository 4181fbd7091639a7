package io.katydid.distribution;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.List;

/** Gives the guards one import of all main classes, and the places of the sources. */
final class Modules {
    static final Path ROOT = Path.of(System.getProperty("katydid.basedir", "..")).toAbsolutePath().normalize();

    /** The packages that scripts and bundles may use. */
    static final List<String> EXPORTED = List.of("io.katydid.api", "io.katydid.api.event", "io.katydid.api.stats", "io.katydid.api.cli",
        "io.katydid.api.web", "io.katydid.api.spi", "io.katydid.carrier", "io.katydid.carrier.netty", "io.katydid.launcher",
        "io.katydid.testkit",
        "io.katydid.http",
        "io.katydid.csv", "io.katydid.micrometer",
        "io.katydid.junit", "io.katydid.limits", "io.katydid.reactions", "io.katydid.transactions", "io.katydid.feeders");

    static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.katydid");

    private Modules() {}

    static boolean exported(JavaClass type) { return EXPORTED.contains(type.getPackageName()); }
}
