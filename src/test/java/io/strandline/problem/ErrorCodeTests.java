package io.strandline.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTests {

    @ParameterizedTest
    @EnumSource
    void isFoundAgainByItsWireName(ErrorCode code) {
        assertThat(code.wireName()).matches("[a-z]+(-[a-z]+)*");
        assertThat(ErrorCode.ofWireName(code.wireName())).contains(code);
    }

    @ParameterizedTest
    @EnumSource
    void answersWithAStatusThatIsPromised(ErrorCode code) {
        assertThat(code.status())
                .satisfiesAnyOf(
                        s -> assertThat(s).isBetween(400, 431),
                        s -> assertThat(s).isIn(503, 507));
        if (code.status() >= 500) {
            assertThat(code.retryable()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatItMeansAndTheWayOut(ErrorCode code) {
        assertThat(code.title()).isNotBlank().doesNotEndWith(".");
        assertThat(code.wayOut()).isNotBlank().endsWith(".");
    }
}
