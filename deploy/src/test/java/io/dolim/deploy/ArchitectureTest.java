package io.dolim.deploy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
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

    /** Lane operations that a library of the processor's maker may answer. */
    private static final Set<String> TRANSCENDENTAL =
            Set.of(
                    "EXP", "EXPM1", "LOG", "LOG10", "LOG1P", "POW", "CBRT", "HYPOT", "SIN", "COS",
                    "TAN", "SINH", "COSH", "TANH", "ASIN", "ACOS", "ATAN", "ATAN2");

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

    /** Accesses, not calls: {@code Math::exp} rounds as the machine likes too. */
    @ArchTest
    static final ArchRule pricesUseOnlyArithmeticWithEqualBits =
            noClasses()
                    .that()
                    .resideInAnyPackage(DOMAIN)
                    .should()
                    .accessTargetWhere(
                            JavaAccess.Predicates.target(
                                    describe(
                                            "rounds as the machine likes",
                                            ArchitectureTest::roundsAsTheMachineLikes)));

    private static boolean roundsAsTheMachineLikes(AccessTarget target) {
        return switch (target.getOwner().getName()) {
            case "java.lang.Math" -> !EXACT_MATH.contains(target.getName());
            case "java.lang.StrictMath" -> true;
            case "java.util.stream.DoubleStream" ->
                    target.getName().matches("sum|average|summaryStatistics");
            case "java.util.stream.Collectors" ->
                    target.getName().matches("(summing|averaging|summarizing)Double");
            case "jdk.incubator.vector.VectorOperators" ->
                    TRANSCENDENTAL.contains(target.getName());
            default -> target.getName().matches("reduceLanes|parallelStream|parallel");
        };
    }

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
                    .haveNameMatching("java\\.util\\.(HashMap|HashSet|IdentityHashMap)")
                    .orShould()
                    .accessTargetWhere(
                            JavaAccess.Predicates.target(
                                    describe(
                                            "makes a collection without order",
                                            ArchitectureTest::makesOneWithoutOrder)));

    private static boolean makesOneWithoutOrder(AccessTarget target) {
        return switch (target.getOwner().getName()) {
            case "java.util.Map", "java.util.Set" -> target.getName().equals("copyOf");
            case "java.util.stream.Collectors" ->
                    target.getName()
                            .matches("(to|grouping|partitioning)\\w*(Map|Set|By|Concurrent)");
            default -> false;
        };
    }

    /** The actors, what they are made of, and what writes their events: all else needs no Pekko. */
    private static final String ACTORS =
            "io\\.dolim\\.capacity\\.(Acknowledgements|Capacity|CapacityWriter|journal\\.StoredEventSerializer)"
                    + "|io\\.dolim\\.book\\.(Accepted|Account|AccountDecisions|AccountWriter|Accounts|Answers|Book"
                    + "|BookWriter|DisplayDesk|Doorkeeper|FirmWriter|Latch|Market|MarketDisplay|MarketLatch"
                    + "|MarketListing|Matcher|OrderReply|OrderRequest|PendingTrades|Recalls|Reports|Restarts|RestingDecisions"
                    + "|RestingDesk|TradeIndex|TradeSearch|ViewRequests"
                    + "|prints\\.PrintFollower|hedge\\.(HedgeWriter|Hedger|Keeper|Venue|VenueDesk)|tape\\.Tape|tape\\.TapeEraser|tape\\.TapeJournal)";

    @ArchTest
    static final ArchRule whatIsMeasuredWithIsThereForTheMeasurementsAlone =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.dolim.deploy.bench..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.pekko.persistence.jdbc..",
                            "org.apache.pekko.persistence.journal.leveldb..",
                            "slick..",
                            "com.zaxxer..",
                            "org.h2..",
                            "org.postgresql..",
                            "org.iq80..",
                            "org.fusesource..",
                            "com.opengamma..",
                            "org.knowm..");

    @ArchTest
    static final ArchRule allButTheActorsNeedsNoActors =
            noClasses()
                    .that()
                    .resideInAnyPackage(DOMAIN)
                    .and(
                            describe(
                                    "are no actors",
                                    (JavaClass one) ->
                                            !one.getName().replaceAll("\\$.*", "").matches(ACTORS)))
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
