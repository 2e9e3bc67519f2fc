package io.strandline.operation.web;

import io.strandline.catalog.history.ChainCheck;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Semaphore;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Verifies the audit; one walk at a time, since it reads the whole journal. */
@RestController
@RequestMapping(path = "/api/v1/audit/verify", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations")
class ChainController {

    private final ChainCheck chain;
    private final Clock clock;
    private final Semaphore walking = new Semaphore(1);

    ChainController(ChainCheck chain, Clock clock) {
        this.chain = chain;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "Verify the audit",
            description =
                    "Reads the journal, which the audit is made of, from its first entry to the one that is the newest as"
                            + " it begins, and checks the bytes of each and that it follows from the one before by its hash. An entry"
                            + " that was changed, taken out or put in between breaks the chain.")
    @Problems({ErrorCode.TOO_MANY_REQUESTS, ErrorCode.STORAGE_UNAVAILABLE})
    ChainResponse verify() {
        if (!walking.tryAcquire()) {
            throw new StrandlineException(
                    ErrorCode.TOO_MANY_REQUESTS, "The audit is being verified already; wait for that to end.");
        }
        try {
            return ChainResponse.of(chain.check(), clock.instant());
        } catch (IOException e) {
            throw new StrandlineException(ErrorCode.STORAGE_UNAVAILABLE, "The journal cannot be read; see the log.", e);
        } finally {
            walking.release();
        }
    }
}
