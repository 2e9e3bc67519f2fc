package io.strandline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Holds the walls of the house: who may use whom, by which doors, and what each floor must never know. */
class ArchitectureTests {

    /** Each room and the rooms it may use; a room may always use itself and what is inside it. */
    private static final String ARROWS = """
            job             -> runner pipeline operation catalog snapshot problem web
            checkpoint      -> runner operation catalog snapshot storage problem web
            version         -> job checkpoint runner operation catalog snapshot problem web
            inspect         -> runner operation catalog snapshot state storage problem web
            ingest          -> runner catalog snapshot problem web
            transfer        -> inspect job pipeline operation catalog snapshot state storage problem web
            retention       -> runner operation catalog snapshot storage problem web
            event           -> job runner operation catalog snapshot storage problem web
            operation       -> catalog snapshot problem web
            security        -> catalog storage problem web
            catalog         -> snapshot storage problem
            runner          -> snapshot
            runner.connect  -> runner pipeline expression engine snapshot storage
            runner.embedded -> runner runner.connect runner.plugin pipeline expression api engine state snapshot storage
            runner.plugin   -> pipeline expression api engine snapshot
            pipeline        -> expression problem
            ops             -> runner catalog snapshot storage checkpoint problem web
            web             -> catalog expression problem
            problem         ->
            config          -> *
            expression      ->
            api             -> engine state snapshot storage
            engine          -> state snapshot
            state           -> snapshot storage
            snapshot        -> storage
            storage         ->
            """;

    /** Sub-rooms that others may enter. */
    private static final String DOORS = """
            api.function
            api.harness
            api.operator
            api.state
            api.stream
            api.type
            catalog.history
            catalog.lookup
            catalog.work
            engine.checkpoint
            engine.element
            engine.graph
            engine.operator
            engine.operator.aggregate
            engine.operator.match
            engine.operator.row
            engine.operator.window
            engine.connector
            engine.connector.discard
            engine.connector.file
            engine.connector.inbox
            engine.connector.jdbc
            engine.connector.part
            engine.connector.record
            engine.connector.sequence
            expression.cel
            pipeline.reading
            runner.intake
            snapshot.signing
            state.diff
            state.heap
            state.run
            state.rocksdb
            state.stored
            storage.disk
            storage.file
            storage.memory
            web.guard
            """;

    private static final RoomPlan PLAN = RoomPlan.parse(ARROWS, DOORS);

    private static final String[] ENGINE_ROOMS = {
        "io.strandline.api..",
        "io.strandline.expression..",
        "io.strandline.engine..",
        "io.strandline.state..",
        "io.strandline.snapshot..",
        "io.strandline.storage.."
    };

    private static final int FILES_PER_PACKAGE = 25;
    private static final double PACKAGE_PRIVATE_SHARE = 0.40;

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .importUrl(StrandlineApplication.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation());

    @Test
    void theDocumentationShowsThePlan() throws IOException {
        assertThat(Path.of("docs/architecture.md"))
                .content()
                .contains("```\n" + ARROWS + "```", "```\n" + DOORS + "```");
    }

    @Test
    void everyRoomIsInThePlan() {
        assertThat(packages().stream().map(JavaPackage::getName).filter(name -> !name.equals("io.strandline")))
                .allSatisfy(name -> assertThat(PLAN.roomOf(name)).as(name).isPresent());
    }

    @Test
    void arrowsPointAsThePlanSays() {
        assertThat(HOUSE.stream().flatMap(PLAN::forbiddenUses)).isEmpty();
    }

    @Test
    void othersEnterByTheDoorsOnly() {
        assertThat(HOUSE.stream().flatMap(PLAN::usesBesidesTheDoors)).isEmpty();
    }

    /** The base of {@code engine} alone is a facade over its sub-rooms; there the children never import the base. */
    @Test
    void basePackagesNeverImportTheirChildren() {
        assertThat(HOUSE.stream()
                        .filter(type -> !type.getPackageName().equals("io.strandline.engine"))
                        .flatMap(PLAN::usesOfOwnChildren))
                .isEmpty();
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("io.strandline.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void theTopHasTheApplicationOnly() {
        assertThat(topTypes()
                        .filter(type -> type.getPackageName().equals("io.strandline"))
                        .map(JavaClass::getSimpleName))
                .containsExactly("StrandlineApplication");
    }

    @Test
    void engineRoomsArePlainJava() {
        noClasses()
                .that(resideInAnyPackage(ENGINE_ROOMS))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.springframework..",
                        "jakarta..",
                        "org.hibernate..",
                        "tools.jackson.databind..",
                        "com.fasterxml.jackson..",
                        "io.micrometer.."))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void onlySnapshotAmongTheEngineRoomsReadsJson() {
        noClasses()
                .that(resideInAnyPackage(ENGINE_ROOMS)
                        .and(resideInAPackage("io.strandline.snapshot..").negate()))
                .should()
                .dependOnClassesThat(resideInAPackage("tools.jackson.."))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void rocksDbTypesNeverLeaveTheirRoom() {
        noClasses()
                .that(resideInAPackage("io.strandline.state.rocksdb..").negate())
                .should()
                .dependOnClassesThat(resideInAPackage("org.rocksdb.."))
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void theCoordinatorHasNoThreadsAndNoClockOfItsOwn() {
        noClasses()
                .that(resideInAPackage("io.strandline.engine.checkpoint.."))
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void jackson2DatabindStaysOutside() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("com.fasterxml.jackson.databind.."))
                .check(HOUSE);
    }

    @Test
    void everyPackageIsNullMarkedAndSaysWhatItIs() {
        assertThat(packages())
                .allSatisfy(room -> assertThat(room.isAnnotatedWith(NullMarked.class))
                        .as("@NullMarked in package-info of %s", room.getName())
                        .isTrue());
    }

    @Test
    void controllersAndEntitiesArePackagePrivate() {
        classes()
                .that(annotatedWith("org.springframework.web.bind.annotation.RestController")
                        .or(annotatedWith("org.springframework.stereotype.Controller"))
                        .or(annotatedWith("jakarta.persistence.Entity")))
                .should()
                .notBePublic()
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("jakarta.persistence.PersistenceContext")
                .check(HOUSE);
    }

    @Test
    void staticFieldsAreFinal() {
        fields().that().areStatic().should().beFinal().check(HOUSE);
    }

    @Test
    void exceptionsAreSpecificAndStreamsAreNotUsed() {
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(HOUSE);
        noClasses().should(ACCESS_STANDARD_STREAMS).check(HOUSE);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(HOUSE);
    }

    @Test
    void receivedBytesAreNeverDeserialisedByTheJdk() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("javax.script..", "org.springframework.expression.."))
                .check(HOUSE);
    }

    @Test
    void roomsStaySmall() {
        Map<String, Long> sizes =
                topTypes().collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        assertThat(sizes)
                .allSatisfy((room, files) -> assertThat(files)
                        .as("files in %s besides package-info", room)
                        .isLessThanOrEqualTo(FILES_PER_PACKAGE));
    }

    @Test
    void fourTypesInTenAreTheirRoomsOwn() {
        List<JavaClass> all = topTypes().toList();
        long own = all.stream()
                .filter(type -> !type.getModifiers().contains(JavaModifier.PUBLIC))
                .count();
        assertThat((double) own / all.size())
                .as("share of package-private types, %d of %d", own, all.size())
                .isGreaterThanOrEqualTo(PACKAGE_PRIVATE_SHARE);
    }

    private static Stream<JavaClass> topTypes() {
        return HOUSE.stream()
                .filter(type -> type.isTopLevelClass() && !type.isArray())
                .filter(type -> !type.getSimpleName().equals("package-info"));
    }

    private static Set<JavaPackage> packages() {
        return HOUSE.stream()
                .map(JavaClass::getPackage)
                .filter(room -> !room.getClasses().isEmpty())
                .collect(Collectors.toCollection(
                        () -> new TreeSet<>(java.util.Comparator.comparing(JavaPackage::getName))));
    }
}
