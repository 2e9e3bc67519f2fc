package io.strandline.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strandline.ProvokedCodes;
import io.strandline.RunRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Looks, after all tests, that a real call was answered with each code: what nothing can provoke has no business among the
 * codes. Only a whole run can show it.
 */
class ProvokedCodesIT {

    @Test
    void everyCodeWasTheAnswerToSomeCall() throws IOException {
        assumeTrue(RunRecord.isWhole(), "only some of the tests run");

        Set<String> unprovoked = Arrays.stream(ErrorCode.values())
                .map(ErrorCode::wireName)
                .collect(Collectors.toCollection(TreeSet::new));
        unprovoked.removeAll(ProvokedCodes.noted().keySet());

        assertThat(unprovoked)
                .as("provoke each code by a call; take codes that no call can provoke out of ErrorCode")
                .isEmpty();
    }
}
