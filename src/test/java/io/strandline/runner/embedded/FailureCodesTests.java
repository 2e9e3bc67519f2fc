package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.checkpoint.FailureCause.Kind;
import io.strandline.problem.ErrorCode;
import org.junit.jupiter.api.Test;

/** What a ledger refuses for decides what becomes of the instance. */
class FailureCodesTests {

    @Test
    void aStaleEpochEndsTheInstance() {
        assertThat(FailureCodes.kindOfRefusal("stale-epoch")).isEqualTo(Kind.FENCED);
    }

    @Test
    void whatEndsByItselfNeverCounts() {
        assertThat(FailureCodes.kindOfRefusal(ErrorCode.STORAGE_FULL.wireName()))
                .isEqualTo(Kind.STORAGE_FULL);
        assertThat(FailureCodes.kindOfRefusal(ErrorCode.READ_ONLY.wireName())).isEqualTo(Kind.READ_ONLY);
    }

    @Test
    void anythingElseCountsAsAFailedCheckpoint() {
        assertThat(FailureCodes.kindOfRefusal(ErrorCode.STORAGE_UNAVAILABLE.wireName()))
                .isEqualTo(Kind.COMMIT_REFUSED);
    }
}
