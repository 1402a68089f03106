package io.dolim.deploy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Assertions;

/** What the poms cannot say about the arrows, and the bans that keep bits equal. */
@AnalyzeClasses(packages = "io.dolim", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] DOMAIN = {
        "io.dolim.quoting..", "io.dolim.capacity..", "io.dolim.book.."
    };
    private static final Set<String> EXACT_MATH =
            Set.of(
                    "abs",
                    "max",
                    "min",
                    "sqrt",
                    "fma",
                    "floor",
                    "ceil",
                    "rint",
                    "round",
                    "signum",
                    "copySign",
                    "scalb",
                    "getExponent",
                    "ulp",
                    "nextUp",
                    "nextDown",
                    "clamp",
                    "floorDiv",
                    "floorMod",
                    "ceilDiv",
                    "addExact",
                    "subtractExact",
                    "multiplyExact",
                    "negateExact",
                    "absExact",
                    "incrementExact",
                    "toIntExact",
                    "multiplyHigh",
                    "unsignedMultiplyHigh");

    @ArchTest
    static final ArchRule modulesPointOneWay =
            com.tngtech.archunit.library.Architectures.layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("quoting")
                    .definedBy("io.dolim.quoting..")
                    .layer("capacity")
                    .definedBy("io.dolim.capacity..")
                    .layer("book")
                    .definedBy("io.dolim.book..")
                    .layer("persistence")
                    .definedBy("io.dolim.persistence..")
                    .layer("api")
                    .definedBy("io.dolim.api..")
                    .layer("deploy")
                    .definedBy("io.dolim.deploy..")
                    .whereLayer("deploy")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("persistence")
                    .mayNotAccessAnyLayer()
                    .whereLayer("persistence")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("quoting")
                    .mayNotAccessAnyLayer()
                    .whereLayer("capacity")
                    .mayOnlyAccessLayers("quoting")
                    .whereLayer("book")
                    .mayOnlyAccessLayers("quoting", "capacity")
                    .whereLayer("api")
                    .mayOnlyAccessLayers("quoting", "capacity", "book");

    @ArchTest
    static final ArchRule quotingIsPureJava =
            classes()
                    .that()
                    .resideInAPackage("io.dolim.quoting..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.dolim.quoting..", "java..", "jdk.incubator..", "org.jspecify..");

    @ArchTest
    static final ArchRule pricesUseOnlyArithmeticWithEqualBits =
            noClasses()
                    .that()
                    .resideInAnyPackage(DOMAIN)
                    .should()
                    .callMethodWhere(
                            target(owner(nameMatching("java\\.lang\\.Math")))
                                    .and(
                                            target(
                                                    describe(
                                                            "rounds as the machine likes",
                                                            (AccessTarget method) ->
                                                                    !EXACT_MATH.contains(
                                                                            method.getName())))))
                    .orShould()
                    .callMethodWhere(target(owner(nameMatching("java\\.lang\\.StrictMath"))))
                    .orShould()
                    .callMethodWhere(target(nameMatching("reduceLanes|parallelStream|parallel")));

    @ArchTest
    static final ArchRule timeAndChanceAreHandedIn =
            noClasses()
                    .that()
                    .resideInAnyPackage(DOMAIN)
                    .should()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(java.util.UUID.class, "randomUUID")
                    .orShould()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.util\\.Random|java\\.security\\.SecureRandom");

    @ArchTest
    static final ArchRule noUnorderedCollectionDecidesAPrice =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.dolim.quoting..", "io.dolim.capacity..")
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.util\\.(HashMap|HashSet|IdentityHashMap)");

    @ArchTest
    static final ArchRule statesAndDecisionsNeedNoActors =
            noClasses()
                    .that()
                    .resideInAnyPackage(DOMAIN)
                    .and()
                    .haveNameMatching(".*(State|Decisions|Decision|Ledger)")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.pekko..");

    @ArchTest
    static void nothingIsCalledUtil(JavaClasses all) {
        for (JavaClass one : all) {
            Assertions.assertFalse(
                    one.getSimpleName().matches(".*(Util|Utils|Helper|Impl|Service|Manager)")
                            || one.getPackageName()
                                    .matches(
                                            ".*\\.(common|util|core|impl|service|manager)(\\..*)?"),
                    one.getName());
        }
    }
}
