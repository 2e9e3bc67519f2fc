package io.strandline.runner.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.checkpoint.FailureCause.Kind;
import io.strandline.problem.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyFailureHasAProblemPage(Kind kind) {
        String code = FailureCodes.translate(io.strandline.engine.checkpoint.FailureCause.of(kind, "detail", null))
                .code();

        assertThat(ErrorCode.ofWireName(code)).as(code).isPresent();
    }
}
