package io.strandline.security.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.security.SecuritySettings.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FairSharesTests {

    private long nanos;
    private final FairShares shares = new FairShares(new Limits(10, 3, 2), () -> nanos);

    @Test
    void refusesWhatIsBeyondTheBurstAndSaysHowLongToWait() {
        for (int i = 0; i < 3; i++) {
            pass("ann");
        }

        assertThatThrownBy(() -> shares.enter("ann")).isInstanceOfSatisfying(StrandlineException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
            assertThat(refused.problem().retryAfter()).isEqualTo(Duration.ofMillis(100));
        });
    }

    @Test
    void letsInAgainAfterTheWait() {
        for (int i = 0; i < 3; i++) {
            pass("ann");
        }
        nanos += Duration.ofMillis(100).toNanos();

        pass("ann");
        assertThatThrownBy(() -> shares.enter("ann")).isInstanceOf(StrandlineException.class);
    }

    @Test
    void givesEachCallerAShareOfTheirOwn() {
        for (int i = 0; i < 3; i++) {
            pass("ann");
        }

        pass("bob");
    }

    @Test
    void refusesMoreAtOnceThanAllowed() {
        shares.enter("ann");
        shares.enter("ann");

        assertThatThrownBy(() -> shares.enter("ann")).hasMessageContaining("2 requests of yours");
        shares.leave("ann");
        shares.enter("ann");
    }

    @Test
    void forgetsCallersThatHaveTheirFullShareAgain() {
        for (int i = 0; i < 1_001; i++) {
            pass("caller-" + i);
        }
        shares.enter("busy");
        nanos += Duration.ofMinutes(1).toNanos();
        pass("last");

        assertThat(shares.known()).isEqualTo(2);
    }

    @Test
    void noticesALeaveWithoutAnEnter() {
        assertThatIllegalStateException().isThrownBy(() -> shares.leave("nobody"));
    }

    private void pass(String caller) {
        shares.enter(caller);
        shares.leave(caller);
    }
}
