package io.strandline;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/**
 * Has Lincheck's model checker run short random scripts of a structure's operations in two threads, in every order it gets
 * round to: each result has to be one that some order of whole operations gives.
 *
 * <p>{@code -Dstrandline.lincheck=20} checks as many scripts times twenty.
 */
public final class Linearizability {

    private static final int TIMES = Integer.getInteger("strandline.lincheck", 1);
    private static final int SCRIPTS = 3;
    private static final int ORDERS = 100;
    private static final int SCRIPTS_TO_FIND = 40;

    private Linearizability() {}

    /**
     * Checks a class whose operations are marked.
     *
     * @throws AssertionError with the script and the order that no sequence of operations explains
     */
    public static void check(Class<?> operations) {
        check(operations, SCRIPTS * TIMES);
    }

    /** Whether it can be told that a class with a planted bug is not right. */
    public static boolean tells(Class<?> planted) {
        try {
            check(planted, SCRIPTS_TO_FIND);
            return false;
        } catch (LincheckAssertionError told) {
            return true;
        }
    }

    private static void check(Class<?> operations, int scripts) {
        assumeTrue(
                ClassLoader.getSystemClassLoader() == Linearizability.class.getClassLoader(),
                "skipped: Lincheck makes classes that only find what the application's own class loader finds");
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(scripts)
                .invocationsPerIteration(ORDERS)
                .minimizeFailedScenario(false)
                .check(operations);
    }
}
