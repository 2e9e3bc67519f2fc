package io.strandline.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionalRequestTests {

    private static final ETag CURRENT = ETag.of("policy", 7);

    @Test
    void equalContentHasAnEqualTag() {
        assertThat(ETag.of("policy", 7)).isEqualTo(CURRENT);
        assertThat(ETag.of("policy", 8)).isNotEqualTo(CURRENT);
        assertThat(ETag.of("policy7")).isNotEqualTo(CURRENT);
        assertThat(CURRENT.value()).matches("\"[0-9a-f]{24}\"");
    }

    @Test
    void passesWhenTheTagMatches() {
        assertThatCode(() -> new IfMatch(CURRENT.value()).require(CURRENT)).doesNotThrowAnyException();
        assertThatCode(() -> new IfMatch("\"x\", " + CURRENT.value()).check(CURRENT))
                .doesNotThrowAnyException();
        assertThatCode(() -> new IfMatch("*").require(CURRENT)).doesNotThrowAnyException();
        assertThatCode(() -> new IfMatch(null).check(CURRENT)).doesNotThrowAnyException();
    }

    @Test
    void refusesAnotherTagAndAMissingOne() {
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> new IfMatch("\"old\"").check(CURRENT));
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> new IfMatch("W/" + CURRENT.value()).require(CURRENT));
        assertRefused(ErrorCode.PRECONDITION_REQUIRED, () -> new IfMatch(null).require(CURRENT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=10 | 10",
                "respond-async, wait=5 | 5",
                "wait=100 | 60",
                "wait=\"7\" | 7",
                "wait=999999999 | 0",
                "await=3 | 0",
                "wait=-1 | 0",
                "wait=3x | 0",
                "'' | 0"
            })
    void readsHowLongTheClientWaits(String header, long seconds) {
        assertThat(PreferWait.of(header).duration()).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static void assertRefused(ErrorCode code, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StrandlineException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
