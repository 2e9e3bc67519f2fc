package io.strandline.transfer;

import io.strandline.operation.Work.Course;
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
     * Takes an archive in to its last byte, where nobody sees it, and refuses what cannot become a version.
     *
     * @param body the archive, read once from its beginning to its end
     * @throws StrandlineException {@code invalid-archive}, {@code archive-too-large}, {@code incompatible-state},
     *     {@code invalid-pipeline}, {@code job-not-found}, {@code signature-missing}, {@code signature-invalid}, …
     */
    public Received receive(ImportRequest request, InputStream body) {
        receiving.requirePossible(request);
        Lanes.Lane lane = lanes.enter();
        boolean received = false;
        try {
            Received whole = receive(request, arrivals.read(body), lane);
            received = true;
            return whole;
        } finally {
            if (!received) {
                lane.close();
            }
        }
    }

    private Received receive(ImportRequest request, Arrival arrival, Lanes.Lane lane) {
        boolean checked = false;
        try {
            PipelineDocument document =
                    receiving.check(request, arrival.contents().manifest());
            Received received = new Received(request, receiving.idOf(request), document, arrival, lane);
            checked = true;
            return received;
        } finally {
            if (!checked) {
                arrival.close();
            }
        }
    }

    /**
     * Makes a version of what was received, and closes it. A job that was made for it goes again when that fails.
     *
     * @throws StrandlineException {@code invalid-archive} when it cannot be decoded; {@code cancelled}, {@code
     *     operation-in-progress}, {@code storage-full}, …
     */
    public ImportOutcome land(Received received, Course course) {
        try (received) {
            String stateDigest = arrivals.prove(received.arrival(), course);
            course.checkCancelled();
            course.stage("commit");
            ImportRequest request = received.request();
            Destination to = receiving.settle(request, received.document(), course.cause());
            boolean landed = false;
            try {
                Luggage luggage = new Luggage(request, to, received.document(), received.arrival(), stateDigest);
                ImportOutcome outcome = landing.land(luggage, course.cause());
                landed = true;
                return outcome;
            } finally {
                if (!landed && to.created()) {
                    receiving.takeBack(to.job().id(), course.cause());
                }
            }
        }
    }
}
