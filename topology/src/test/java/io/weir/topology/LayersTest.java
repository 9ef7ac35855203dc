package io.weir.topology;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class LayersTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.weir.domain", "io.weir.serde", "io.weir.topology");

    @Test
    void theDomainKnowsNothingButJava() {
        noClasses()
                .that()
                .resideInAPackage("io.weir.domain")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "io.weir.domain", "org.jspecify.annotations")
                .check(classes);
    }

    @Test
    void theSerdesDoNotKnowTheProcessors() {
        noClasses()
                .that()
                .resideInAPackage("io.weir.serde")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.weir.topology", "org.apache.kafka.streams..")
                .check(classes);
    }

    @Test
    void onlyTheWriteBehindStoreAndItsReadersTouchKafkasInternals() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(WriteBehindStore.class.getName())
                .and()
                .doNotHaveFullyQualifiedName(InnerStores.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..internals..")
                .check(classes);
    }

    @Test
    void theTopologyKnowsNoServerAndNoCommandLine() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty..", "picocli..", "io.micrometer..")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("io.weir.app..")
                .check(classes);
    }
}
