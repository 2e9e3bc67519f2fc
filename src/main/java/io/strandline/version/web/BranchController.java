package io.strandline.version.web;

import io.strandline.catalog.lookup.NamedJobs;
import io.strandline.job.JobStatus;
import io.strandline.problem.ErrorCode;
import io.strandline.version.Branches;
import io.strandline.version.Branches.Move;
import io.strandline.web.ETag;
import io.strandline.web.JobName;
import io.strandline.web.Page;
import io.strandline.web.PageQuery;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Branches and where their heads have been. */
@RestController
@RequestMapping(path = "/api/v1/jobs/{job}/branches", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Branches", description = "Lines of versions: where their heads are, and where they have been.")
class BranchController {

    private static final String BRANCHES = "branches";
    private static final String REFLOG = "reflog";

    private final NamedJobs jobs;
    private final Branches branches;

    BranchController(NamedJobs jobs, Branches branches) {
        this.jobs = jobs;
        this.branches = branches;
    }

    @GetMapping
    @Operation(summary = "List branches", description = "A job's branches; main always exists.")
    @Problems(ErrorCode.JOB_NOT_FOUND)
    Page<BranchResponse> list(@JobName @PathVariable String job, PageQuery page) {
        List<String> after = page.after(BRANCHES, 1);
        List<JobStatus> rest = branches.list(jobs.named(job)).stream()
                .filter(status -> after.isEmpty() || status.branch().name().compareTo(after.get(0)) > 0)
                .sorted((a, b) -> a.branch().name().compareTo(b.branch().name()))
                .limit(page.fetchSize())
                .toList();
        return Page.of(rest, page, BRANCHES, status -> List.of(status.branch().name()))
                .map(BranchResponse::of);
    }

    @GetMapping("/{branch}")
    @Operation(
            summary = "Look at a branch",
            description = "A branch with its head and state. Its ETag covers its settings, never its head.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.BRANCH_NOT_FOUND})
    ResponseEntity<BranchResponse> get(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch's name.", example = "main") @PathVariable String branch) {
        JobStatus status = branches.get(jobs.named(job), branch);
        ETag etag = ETag.of(
                status.job().id(), status.branch().name(), status.branch().pipelineVersion());
        return ResponseEntity.ok().eTag(etag.value()).body(BranchResponse.of(status));
    }

    @GetMapping("/{branch}/reflog")
    @Operation(
            summary = "Read a branch's reflog",
            description =
                    "Every move of the branch's head with who made it and why, newest first; checkpoints in a row are folded"
                            + " into one line.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.BRANCH_NOT_FOUND})
    Page<MoveResponse> reflog(
            @JobName @PathVariable String job,
            @Parameter(description = "The branch's name.", example = "main") @PathVariable String branch,
            PageQuery page) {
        List<String> after = page.after(REFLOG, 1);
        List<Move> moves = branches.reflog(
                jobs.named(job), branch, after.isEmpty() ? null : Long.valueOf(after.get(0)), page.fetchSize());
        return Page.of(
                        moves,
                        page,
                        REFLOG,
                        move -> List.of(Long.toString(move.oldest().sequence())))
                .map(MoveResponse::of);
    }
}
