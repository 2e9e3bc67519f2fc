package io.strandline.problem;

import java.util.Locale;
import java.util.Optional;

/**
 * Every problem the server can answer with. The constant's name in kebab-case is the code on the wire and the last part
 * of the problem's {@code type}; codes are never renamed once released. The only statuses from 500 up are 503 and 507.
 */
public enum ErrorCode {
    // the request itself
    BAD_REQUEST(
            400, "The request is not valid HTTP", "Correct or shorten the request line, the headers or the encoding."),
    MALFORMED_BODY(400, "The body is not valid JSON or YAML", "Correct the syntax at the place named in the detail."),
    INVALID_BODY(400, "The body has wrong or unknown fields", "Correct each field listed under errors."),
    INVALID_PARAMETER(400, "A path, query or header parameter is wrong", "Correct each parameter listed under errors."),
    UNKNOWN_PARAMETER(
            400,
            "A query parameter is not one of this call",
            "Correct its name, or leave it out; the detail lists all."),
    INVALID_CURSOR(400, "The cursor is not one this list gave out", "Begin again without a cursor."),
    HOST_NOT_ALLOWED(
            403,
            "The Host header names a host this server does not serve",
            "Use a loopback name, or add the name to strandline.security.hosts."),
    ORIGIN_NOT_ALLOWED(
            403,
            "The request comes from a web page of another origin",
            "Call from the server's own pages, or add the host to strandline.security.hosts."),
    UNAUTHENTICATED(
            401,
            "The call needs a key or token that counts",
            "Send Authorization: Bearer with an API key that has neither expired nor been revoked, or with a token of the"
                    + " issuer."),
    FORBIDDEN(
            403,
            "The caller may not do this",
            "Use a key of the role that the detail names, or one for all jobs where it says so."),
    NOT_FOUND(404, "Nothing is at this path", "See /swagger-ui.html for the paths there are."),
    METHOD_NOT_ALLOWED(405, "The path does not take this method", "Use a method from the Allow header."),
    NOT_ACCEPTABLE(406, "No representation matches the Accept header", "Accept application/json."),
    REQUEST_TIMEOUT(408, "The request did not arrive in time", "Send it again."),
    BODY_TOO_LARGE(413, "The body is too large", "Keep bodies within 1 MB."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body has a content type this call does not take",
            "Send application/json, or one the detail names."),
    EXPECTATION_FAILED(417, "The Expect header asks for something unknown", "Leave the Expect header out."),
    PRECONDITION_FAILED(
            412, "The resource is not as If-Match says", "Read it again, apply the change to it, send the new ETag."),
    PRECONDITION_REQUIRED(428, "The change needs If-Match", "Read the resource and send its ETag as If-Match."),
    TOO_MANY_REQUESTS(429, "Too many requests", "Wait as long as Retry-After says.", true),
    IDEMPOTENCY_KEY_IN_USE(
            409, "The first request with this Idempotency-Key is still running", "Repeat the request later.", true),
    IDEMPOTENCY_KEY_REUSED(
            422, "The Idempotency-Key was used for another request", "Use a new key for each new request."),
    REASON_REQUIRED(422, "This change needs a reason", "Say why in the field or parameter named reason."),
    INVALID_NAME(422, "The name is not allowed", "Use a-z, 0-9, dot, dash and underscore, beginning with a letter."),
    INVALID_REVISION(
            422, "The revision expression cannot be read", "Use main, main~3, a tag, a number, an id or latest."),
    INVALID_KEY(
            422, "The key does not fit the state's key type", "Send a JSON value, or an array for several columns."),
    CONTRADICTORY_REQUEST(
            422, "The request contradicts itself", "See the detail for the fields that exclude each other."),
    NOT_SUPPORTED(422, "This release cannot do that yet", "Leave out what the pointer names, or use a later release."),

    // jobs and pipelines
    JOB_NOT_FOUND(404, "No such job", "List the jobs with GET /api/v1/jobs."),
    JOB_EXISTS(409, "A job of this name exists", "Choose another name, or purge the trashed job of this name."),
    JOB_TRASHED(409, "The job is in the trash", "Bring it back with POST /api/v1/jobs/{job}/undelete."),
    NOT_TRASHED(409, "It is not in the trash", "Nothing has to be brought back."),
    INVALID_PIPELINE(422, "The pipeline document has mistakes", "Correct each place listed under errors."),
    OUTPUT_TAKEN(
            409,
            "Output would go where another job's is",
            "Name another path in the pipeline, or purge the job named in the detail."),
    PIPELINE_VERSION_NOT_FOUND(404, "No such pipeline version", "See GET /api/v1/jobs/{job}/pipeline for the newest."),
    INCOMPATIBLE_STATE(
            422,
            "The pipeline cannot take over the state",
            "See the compatibility report; change the pipeline, or send allowDroppedState to drop state knowingly."),
    PIPELINE_CHOICE_REQUIRED(
            422,
            "The snapshot was written by another pipeline",
            "Send pipeline CURRENT or SNAPSHOT to say which one runs."),
    SINK_CHOICE_REQUIRED(
            422,
            "Nobody has said where a sink of the branch writes",
            "Name each sink listed under errors in sinks: DISABLED, REDIRECT, or SAME with force."),
    ALREADY_RUNNING(409, "The branch runs already", "Stop it first with POST /api/v1/jobs/{job}/stop."),
    NOT_RUNNING(409, "The job does not run", "Start it with POST /api/v1/jobs/{job}/start."),
    NOT_STOPPED(409, "The job has to be stopped for this", "Stop it with POST /api/v1/jobs/{job}/stop."),
    OPERATION_IN_PROGRESS(409, "Another operation works on this", "Wait for the operation named in blockers.", true),
    STATE_LOST(409, "The job's state was held in memory and is gone", "Start it anew with from: EMPTY."),
    START_FAILED(409, "The job could not be started", "See the detail, mend the cause and start it again."),
    OPERATOR_FAILED(
            409,
            "An operator or connector of the job failed",
            "See the detail for which and why; mend it and start again."),
    ENGINE_FAILED(409, "The engine broke while it ran the job", "Report the detail; the log has more. Start it again."),
    TOO_MANY_FAILED_CHECKPOINTS(
            409,
            "More checkpoints failed in a row than are tolerable",
            "See GET /api/v1/jobs/{job}/checkpoints for each cause."),
    WRITE_FAILED(503, "A file of the checkpoint could not be written", "See the server's health and log.", true),
    COMMIT_REFUSED(409, "The version was not taken into the catalog", "See the detail; the job goes on.", true),
    COMMIT_UNKNOWN(
            503,
            "Nobody can tell yet whether the version was committed",
            "Wait: the server reads it back before anything starts on the branch.",
            true),
    FENCED(409, "A later instance has taken the branch over", "Look at the job's instances; nothing has to be done."),
    INSTANCE_ENDED(409, "The instance ended before it was done", "Look at the job's state and start again if wanted."),
    SOURCE_NOT_FOUND(
            404, "The job has no such source that takes records", "See the sources of type http in GET …/pipeline."),
    INVALID_RECORDS(422, "Records are not as the source's schema says", "Correct each place listed under errors."),
    BACKLOG_FULL(
            429, "The job has not read enough of what was pushed", "Start the job or wait for it to catch up.", true),
    POISON_RECORD(
            409,
            "A record cannot be processed",
            "Mend or remove the record, or the expression that has no value for it, then start the job again."),

    // versions
    SNAPSHOT_NOT_FOUND(404, "No such version", "List the versions with GET /api/v1/jobs/{job}/snapshots."),
    SNAPSHOT_PURGED(410, "The version was purged", "Its files are gone; choose another version."),
    SNAPSHOT_TRASHED(409, "The version is in the trash", "Bring it back with POST …/snapshots/{id}/undelete."),
    CHECKPOINT_NOT_FOUND(404, "No such checkpoint", "List the attempts with GET /api/v1/jobs/{job}/checkpoints."),
    CHECKPOINT_TIMEOUT(503, "The checkpoint took too long", "Raise the timeout or look for backpressure.", true),
    CHECKPOINT_ABORTED(409, "The checkpoint was given up", "The job stopped or restarted; trigger it again.", true),
    SNAPSHOT_QUEUE_FULL(429, "Two triggers wait already", "Wait for them to finish.", true),
    PROTECTED(409, "The version or job is protected", "Release what blockers lists, then try again."),
    DAMAGED(409, "Files of the version are damaged or missing", "Use the nearest intact version named in the detail."),
    SIGNATURE_MISSING(
            409, "Nobody has signed the version", "Choose a signed version; signatures are required on this server."),
    SIGNATURE_INVALID(
            409,
            "The version's signature is not a trusted key's",
            "Choose another version, or trust the key that signed it; the detail names it."),
    INVALID_ARCHIVE(
            422,
            "The archive is not an export of a version, or not a whole one",
            "Export the version again and send the archive as it is."),
    ARCHIVE_TOO_LARGE(
            413,
            "The archive is larger than this server takes",
            "Raise strandline.transfer.largest-archive, or free disk space."),
    SNAPSHOT_LOST(409, "The version's manifest is gone", "Choose another version; this one cannot be read any more."),
    NOT_DURABLE(
            409, "The version lives in memory only", "Use the filesystem or rocksdb backend for versions that stay."),
    HEAD_MOVED(409, "The head is not the expected one", "Look at currentHead and send it as expectedHead."),
    NOT_AN_ANCESTOR(409, "The version is not an ancestor of the head", "Use mode REVERT, which takes any version."),
    DIVERGED(409, "The version does not descend from the head", "Use restore, or promote for a fork; see mergeBase."),
    NOTHING_TO_UNDO(409, "No move of the head is left to undo", "See the reflog for what moved the head."),
    NOT_THE_LAST_MOVE(409, "Another move came later", "Undo what blockers lists first."),
    OUTPUT_NOT_REVERTIBLE(
            422, "A sink cannot take its output back", "Send outputs LEAVE to leave the output as it is."),
    BRANCH_NOT_FOUND(404, "No such branch", "List the branches with GET /api/v1/jobs/{job}/branches."),
    TAG_NOT_FOUND(404, "No such tag", "List the tags with GET /api/v1/jobs/{job}/tags."),
    TAG_EXISTS(409, "The tag points at another version", "Delete the tag first, or choose another name."),
    NAME_TAKEN(409, "The name is taken", "Tags and branches share one set of names per job; choose another."),
    FILE_NOT_FOUND(404, "No such file in quarantine", "List the files with GET /api/v1/gc/quarantine."),
    HOLD_NOT_FOUND(404, "No such hold", "List the holds with GET …/snapshots/{id}/holds."),
    SYSTEM_HOLD(409, "The hold belongs to the server", "It goes when its owner, named in blockers, is done."),

    // who may call
    API_KEY_NOT_FOUND(404, "No such API key", "List the keys with GET /api/v1/api-keys."),
    LAST_ADMIN_KEY(
            409,
            "It is the last key that may give keys",
            "Create another admin key for all jobs first; without one nobody could."),

    // looking inside
    OPERATOR_NOT_FOUND(404, "The version has no such operator", "See the operators in GET …/snapshots/{rev}."),
    STATE_NOT_FOUND(404, "The operator has no such state", "See the states in GET …/snapshots/{rev}."),
    KEY_NOT_FOUND(404, "The state has no such key", "Check the key's spelling and type; the version itself is there."),
    DIFF_NOT_FOUND(404, "No such diff", "Make it again with POST /api/v1/jobs/{job}/diffs."),
    LOOKUP_TIMEOUT(
            503,
            "The running job did not answer in time",
            "Ask again, or look the key up in its newest version under …/snapshots/latest/state.",
            true),

    // retention, trash, garbage collection
    POLICY_NOT_FOUND(404, "No policy is set at this level", "Ask with ?effective=true for the inherited one."),
    INVALID_POLICY(422, "The retention policy is not sound", "Correct each place listed under errors."),
    CONFIRM_REQUIRED(
            409, "The policy would expire many versions", "Read the plan, then repeat with ?confirm=<planId>."),
    PLAN_NOT_FOUND(404, "No such retention plan", "Make one with POST /api/v1/retention-plans."),
    PLAN_USED(409, "The plan was applied already", "Make a new plan."),
    PLAN_STALE(409, "The plan is out of date", "Make a new plan."),
    CLOCK_SUSPECT(409, "The clock jumped or runs behind", "Set the clock right, or send force with a reason."),
    CIRCUIT_OPEN(409, "Deletion is switched off after a disagreement", "See GET /api/v1/gc/runs for what was found."),

    // operations
    OPERATION_NOT_FOUND(404, "No such operation", "List the operations with GET /api/v1/operations."),
    OPERATION_FINISHED(409, "The operation is finished", "There is nothing left to cancel."),
    CANCELLED(409, "The operation was cancelled", "Start it again if it is still wanted."),
    INTERRUPTED(503, "The server stopped during the operation", "Look at what it left, then start it again.", true),
    PROBLEM_NOT_FOUND(404, "No such problem code", "See the codes in the API document."),
    CONFLICT(409, "Another change came first", "Read again and repeat the request.", true),

    // the server
    STORAGE_FULL(
            507,
            "The disk is full or the quota is used up",
            "Free space with POST /api/v1/trash/purge, or let a policy expire versions.",
            true),
    READ_ONLY(503, "The journal cannot be written", "Mend the disk and restart the server; reads still work.", true),
    STORAGE_UNAVAILABLE(503, "The store cannot be read or written", "See the server's health and log.", true),
    CATALOG_UNAVAILABLE(
            503, "The catalog database does not answer", "See the server's health; running jobs go on.", true),
    UNAVAILABLE(503, "The server cannot answer now", "Try again after the time in Retry-After.", true),
    INTERNAL_ERROR(503, "The server made a mistake", "Report the traceId; the log has the details.", true);

    private final int status;
    private final String title;
    private final String wayOut;
    private final boolean retryable;

    ErrorCode(int status, String title, String wayOut) {
        this(status, title, wayOut, false);
    }

    ErrorCode(int status, String title, String wayOut, boolean retryable) {
        this.status = status;
        this.title = title;
        this.wayOut = wayOut;
        this.retryable = retryable;
    }

    /** The code on the wire, such as {@code job-not-found}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int status() {
        return status;
    }

    /** What it means, in a few words. */
    public String title() {
        return title;
    }

    /** What the client can do about it, in a sentence. */
    public String wayOut() {
        return wayOut;
    }

    /** True if the same request may succeed later without being changed. */
    public boolean retryable() {
        return retryable;
    }

    public static Optional<ErrorCode> ofWireName(String wireName) {
        for (ErrorCode code : values()) {
            if (code.wireName().equals(wireName)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
