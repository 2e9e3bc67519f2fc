package io.strandline.operation.web;

import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.catalog.work.OperationLog.OperationQuery;
import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.web.Caller;
import io.strandline.web.JobScope;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.PreferWait;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Operations: list, follow, cancel. */
@RestController
@RequestMapping(path = "/api/v1/operations", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Operations", description = "Follow and cancel what takes longer than a second; read who did what.")
class OperationController {

    private static final String LIST = "operations";
    private static final String EXAMPLE = "01957a3c-5f70-7d4e-9b52-3f2a8c1d6e47";

    private final Operations operations;
    private final NamedJobs jobs;

    OperationController(Operations operations, NamedJobs jobs) {
        this.operations = operations;
        this.jobs = jobs;
    }

    @GetMapping
    @io.swagger.v3.oas.annotations.Operation(
            summary = "List operations",
            description =
                    "All operations there ever were, newest first. With a key for some jobs only, job has to name one of them.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.INVALID_CURSOR})
    Page<Operation> list(
            @Parameter(description = "Only those about the job of this name.") @RequestParam(required = false) @Nullable
                    String job,
            @Parameter(description = "Only this type.", example = "restore") @RequestParam(required = false) @Nullable
                    String type,
            @Parameter(description = "Only those in this state.") @RequestParam(required = false) @Nullable
                    OperationFilter state,
            Caller caller,
            PageQuery page) {
        requireJob(caller.jobs(), job);
        List<String> after = page.after(LIST, 1);
        OperationQuery query = new OperationQuery(
                job == null ? null : jobs.named(job).id(),
                type,
                state == null ? null : state.name(),
                after.isEmpty() ? null : after.get(0),
                page.fetchSize());
        return Page.of(operations.list(query), page, LIST, operation -> List.of(operation.id()));
    }

    @GetMapping("/{id}")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Look at an operation",
            description =
                    "Its state, progress and stages, what it made or why it failed. With Prefer: wait=N the answer"
                            + " comes when it has ended, or after N seconds.")
    @Problems(ErrorCode.OPERATION_NOT_FOUND)
    Operation get(
            @Parameter(description = "The operation's id.", example = EXAMPLE) @PathVariable String id,
            PreferWait wait,
            Caller caller) {
        requireOwn(caller, id);
        return wait.duration().isZero() ? operations.get(id) : operations.await(id, wait.duration());
    }

    @PostMapping("/{id}/cancel")
    @io.swagger.v3.oas.annotations.Operation(
            summary = "Cancel an operation",
            description =
                    "Asks it to stop where that leaves nothing half done. It may still succeed: look at it again.")
    @Problems({ErrorCode.OPERATION_NOT_FOUND, ErrorCode.OPERATION_FINISHED})
    Operation cancel(
            @Parameter(description = "The operation's id.", example = EXAMPLE) @PathVariable String id, Caller caller) {
        requireOwn(caller, id);
        return operations.cancel(id);
    }

    private static void requireJob(JobScope scope, @Nullable String job) {
        if (job != null) {
            scope.require(job);
        } else if (!scope.isEverything()) {
            throw forbidden("The key is for some jobs only: name one of them with the parameter job.");
        }
    }

    /** One that is to make its job is about none yet: it is whoever's may have a job of the name that it was asked for. */
    private void requireOwn(Caller caller, String id) {
        JobScope scope = caller.jobs();
        if (scope.isEverything()) {
            return;
        }
        Operation operation = operations.get(id);
        String jobId = operation.jobId();
        Optional<String> job = jobId == null
                ? Optional.of(operation.request().path("job").asString("")).filter(name -> !name.isEmpty())
                : jobs.nameOf(jobId);
        if (job.filter(scope::covers).isEmpty()) {
            throw forbidden("Operation " + id + " is about nothing that the key is for.");
        }
    }

    private static StrandlineException forbidden(String detail) {
        return new StrandlineException(ErrorCode.FORBIDDEN, detail);
    }
}
