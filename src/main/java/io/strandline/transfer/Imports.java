package io.strandline.transfer;

import io.strandline.catalog.Cause;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.problem.StrandlineException;
import io.strandline.transfer.Landing.Luggage;
import io.strandline.transfer.ReceivingJobs.Destination;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/** Versions out of archives: all of one is checked before anything of it can be seen. */
@Component
public final class Imports {

    private final Lanes lanes;
    private final ReceivingJobs receiving;
    private final Arrivals arrivals;
    private final Landing landing;

    Imports(Lanes lanes, ReceivingJobs receiving, Arrivals arrivals, Landing landing) {
        this.lanes = lanes;
        this.receiving = receiving;
        this.arrivals = arrivals;
        this.landing = landing;
    }

    /**
     * Takes a version in, and returns when it is one.
     *
     * @param body the archive, read once from its beginning to its end
     * @throws StrandlineException {@code invalid-archive}, {@code archive-too-large}, {@code incompatible-state}, {@code
     *     invalid-pipeline}, {@code job-not-found}, {@code signature-missing}, {@code signature-invalid}, …
     */
    public ImportOutcome take(ImportRequest request, InputStream body, Cause cause) {
        receiving.requirePossible(request);
        try (Lanes.Lane lane = lanes.enter();
                Arrival arrival = arrivals.read(body)) {
            PipelineDocument document =
                    receiving.check(request, arrival.contents().manifest());
            String stateDigest = arrivals.prove(arrival);
            Destination to = receiving.settle(request, document, cause);
            return landing.land(new Luggage(request, to, document, arrival, stateDigest), cause);
        }
    }
}
