package io.strandline.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.catalog.Cause;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.BranchRef;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PendingRequestsTests {

    private static final BranchRef MAIN = new BranchRef("job", "main");
    private static final BranchRef OTHER = new BranchRef("other", "main");

    private final PendingRequests requests = new PendingRequests();

    @Test
    void refusesAThirdWhileTwoWait() {
        add("one", MAIN);
        add("two", MAIN);

        assertThatThrownBy(() -> requests.refuseWhenFull(MAIN))
                .asInstanceOf(InstanceOfAssertFactories.type(StrandlineException.class))
                .returns(ErrorCode.SNAPSHOT_QUEUE_FULL, StrandlineException::code);
        assertThatCode(() -> requests.refuseWhenFull(OTHER)).doesNotThrowAnyException();
    }

    @Test
    void doesNotCountTheOneTheRunnerWorksOn() {
        add("one", MAIN);
        add("two", MAIN);

        requests.begun("one");

        assertThatCode(() -> requests.refuseWhenFull(MAIN)).doesNotThrowAnyException();
    }

    @Test
    void forgetsWhatIsDone() {
        add("one", MAIN);
        add("two", MAIN);

        requests.remove("one");

        assertThatCode(() -> requests.refuseWhenFull(MAIN)).doesNotThrowAnyException();
        assertThat(requests.find("one")).isEmpty();
        assertThat(requests.find("two")).isPresent();
    }

    private void add(String id, BranchRef on) {
        requests.add(id, on, SnapshotRequest.DEFAULT, Cause.system("test"));
    }
}
