package io.strandline.catalog.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.history.History;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RevisionsTests {

    private static final Job JOB = new Job("job", "flights", null, Instant.EPOCH, null);
    private static final Set<ErrorCode> REFUSALS = Set.of(ErrorCode.INVALID_REVISION, ErrorCode.SNAPSHOT_NOT_FOUND);
    private static final String[] PIECES = {
        "main",
        "~",
        "@",
        "^",
        "latest",
        "latest-verified",
        "42",
        "0",
        "999999999999999999",
        "2026-08-01T12:00Z",
        "-",
        " ",
        "019ca6b4-748b-75f3-b4ec-bff843e13794",
        "\0",
        "%",
        "é",
        "\uD800",
        "~~",
        "~3",
        "@@",
        "..",
        "'",
        "+99:99",
        "T",
        ":"
    };

    private final Revisions revisions = new Revisions(empty(Catalog.class), empty(History.class));

    @Test
    void refusesWhateverIsNoRevisionOrNamesNothing() {
        long seed = 20260801;
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            String text = random(random);
            try {
                revisions.resolve(JOB, new Revision(text), Branch.MAIN);
                throw new AssertionError("'" + text + "' names something in an empty catalog");
            } catch (StrandlineException e) {
                assertThat(e.code()).as("'%s', seed %d", text, seed).isIn(REFUSALS);
            } catch (RuntimeException e) {
                throw new AssertionError("'" + text + "' of seed " + seed, e);
            }
        }
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            text.append(
                    random.nextInt(4) == 0
                            ? String.valueOf((char) random.nextInt(0x250))
                            : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /** A catalog with a branch {@code main} that has no version. */
    private static <T> T empty(Class<T> type) {
        Branch main = new Branch(
                JOB.id(),
                Branch.MAIN,
                null,
                null,
                List.of(),
                1,
                Branch.Desired.STOPPED,
                0,
                null,
                false,
                null,
                Branch.Protection.OF_MAIN,
                Map.of(),
                null);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getName().equals("branch") && args[1].equals(Branch.MAIN)) {
                return Optional.of(main);
            }
            return method.getReturnType() == List.class ? List.of() : Optional.empty();
        }));
    }
}
