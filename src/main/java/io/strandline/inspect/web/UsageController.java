package io.strandline.inspect.web;

import io.strandline.catalog.Branch;
import io.strandline.catalog.lookup.Revision;
import io.strandline.inspect.Inspections.Which;
import io.strandline.inspect.usage.FilesAnswer;
import io.strandline.inspect.usage.GrowthAnswer;
import io.strandline.inspect.usage.JobGrowth;
import io.strandline.inspect.usage.StorageUsage;
import io.strandline.inspect.usage.UsageAnswer;
import io.strandline.inspect.usage.VersionFiles;
import io.strandline.problem.ErrorCode;
import io.strandline.web.PageQuery;
import io.strandline.web.Problems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Says what versions take. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Inspect")
class UsageController {

    private final VersionFiles files;
    private final StorageUsage usage;
    private final JobGrowth growth;

    UsageController(VersionFiles files, StorageUsage usage, JobGrowth growth) {
        this.files = files;
        this.usage = usage;
        this.growth = growth;
    }

    @GetMapping("/jobs/{job}/snapshots/{rev}/files")
    @Operation(
            summary = "List a version's files",
            description =
                    "Every file, what it is there for, how it is encoded, which key groups of it count, how many other"
                            + " versions share it and since when it is there. A file of which several parts count is listed once for"
                            + " each.")
    @Problems({
        ErrorCode.JOB_NOT_FOUND,
        ErrorCode.SNAPSHOT_NOT_FOUND,
        ErrorCode.SNAPSHOT_TRASHED,
        ErrorCode.SNAPSHOT_PURGED,
        ErrorCode.INVALID_REVISION,
        ErrorCode.DAMAGED,
        ErrorCode.SNAPSHOT_LOST,
        ErrorCode.STORAGE_UNAVAILABLE
    })
    FilesAnswer files(
            @Parameter(description = "The job.", example = "flights") @PathVariable String job,
            @Parameter(description = "The version.", example = "latest") @PathVariable String rev,
            @Parameter(description = "The branch that latest is about.", example = "main")
                    @RequestParam(defaultValue = Branch.MAIN)
                    String branch) {
        return files.list(new Which(job, new Revision(rev), branch));
    }

    @GetMapping("/storage/usage")
    @Operation(
            summary = "Read what the store holds",
            description =
                    "Bytes on the disk by what they are for, and by job what its versions name: what is in the trash"
                            + " and what is not, by branch and by kind. The bytes that only one version names are its exclusiveBytes"
                            + " in GET …/snapshots. It walks the store and the references of the jobs on the page.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.STORAGE_UNAVAILABLE})
    UsageAnswer usage(
            @Parameter(description = "Only this job.", example = "flights") @RequestParam(required = false) @Nullable
                    String job,
            PageQuery page) {
        return usage.read(job, page);
    }

    @GetMapping("/jobs/{job}/growth")
    @Operation(
            summary = "Follow how a job's state grows",
            description =
                    "The size of each operator's state along the branch's line of versions, bytes a day with an"
                            + " interval, and when that reaches a given size or has used what the disk has left. It says so when"
                            + " there are too few versions to tell, and does not look further ahead than ten times as far as back.")
    @Problems({ErrorCode.JOB_NOT_FOUND, ErrorCode.BRANCH_NOT_FOUND, ErrorCode.STORAGE_UNAVAILABLE})
    GrowthAnswer growth(
            @Parameter(description = "The job.", example = "flights") @PathVariable String job,
            @Parameter(description = "The branch.", example = "main") @RequestParam(defaultValue = Branch.MAIN)
                    String branch,
            @Parameter(description = "A size in bytes whose date is wanted.", example = "1073741824")
                    @RequestParam(required = false)
                    @Min(1)
                    @Nullable
                    Long size) {
        return growth.read(job, branch, size);
    }
}
