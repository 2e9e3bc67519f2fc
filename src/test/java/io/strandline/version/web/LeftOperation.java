package io.strandline.version.web;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.strandline.OwnServer;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.OperationChange.OperationAccepted;
import io.strandline.catalog.RefChange.HoldPlaced;
import io.strandline.catalog.Snapshot;
import java.time.Instant;
import java.util.List;

/** An operation on a version that got no further than its acceptance, as the journal then has it, and what becomes of it. */
record LeftOperation(String id, String type, Cause cause) {

    /** Asked for by ann. */
    static LeftOperation of(String type, String reason) {
        String id = "019ca6b4-748b-75f3-b4ec-bff843e13794";
        return new LeftOperation(id, type, new Cause("ann", "r", id, reason));
    }

    /** Leaves it in the journal: the version is held for it, and it is accepted. */
    void accept(OwnServer server, String job, int number, String request) {
        Ledger ledger = server.part(Ledger.class);
        String jobId = server.jobs().get(job, "").getString("id");
        Instant now = Instant.now();
        Snapshot version = server.part(Catalog.class).snapshot(jobId, number).orElseThrow();
        Hold hold = new Hold(
                "held",
                jobId,
                version.id(),
                Hold.Kind.SYSTEM,
                "an operation works on it",
                "system",
                "operation:" + id,
                now,
                null);
        ledger.record(new Scope.OfJob(jobId), cause, List.of(new HoldPlaced(hold)));
        ledger.record(
                new Scope.OfOperation(id), cause, List.of(new OperationAccepted(id, type, jobId, request, "ann", now)));
    }

    /** The operation once it is over. */
    JsonPath ended(OwnServer server) {
        return given().spec(server.api())
                .header("Prefer", "wait=30")
                .get("/api/v1/operations/" + id)
                .jsonPath();
    }
}
